import { CANARY, NIK } from './canary.js';
import { child, good, json, type HttpCase, type Theme, withMember } from './http-case.js';

const unfit = (...pointers: string[]) => ({ status: 422, code: 'validation', pointers }) as const;
const taken = { status: 202 } as const;
const future = (...pointers: string[]) => ({ status: 422, code: 'time.future', pointers }) as const;

const NIK_SYSTEM = 'https://fhir.kemkes.go.id/id/nik';
const withNik = (value: unknown, changes: object = {}): string =>
  child({ identifiers: [{ system: NIK_SYSTEM, value }], ...changes });
const VALUE = '/child/identifiers/0/value';

const NIKS: readonly HttpCase[] = [
  { name: 'a NIK as a number', body: withNik(Number(NIK)), ...unfit(VALUE) },
  {
    name: 'a NIK as a number beyond 2^53',
    body: withNik('@').replace('"@"', '9274095208249001'),
    status: 400,
    code: 'json.number',
  },
  { name: 'a NIK as null', body: withNik(null), ...unfit(VALUE) },
  { name: 'a NIK as a list', body: withNik([NIK]), ...unfit(VALUE) },
  { name: 'an empty NIK', body: withNik(''), ...unfit(VALUE) },
  { name: "the mother's NIK as a number", body: child({ motherNik: Number(NIK) }), ...unfit('/child/motherNik') },
  { name: 'fifteen digits', body: withNik(NIK.slice(1)), ...taken, warnings: ['nik.format'] },
  { name: 'full-width digits', body: withNik('３１７４０９５２０８２４９００１'), ...taken, warnings: [] },
  { name: 'letters', body: withNik("' OR 1=1 --"), ...taken, warnings: ['nik.format'] },
  { name: 'a rounded NIK', body: withNik('3.17409E+15'), ...taken, warnings: ['nik.sci_notation'] },
  { name: 'a placeholder', body: withNik('9999999999999999'), ...taken, warnings: ['nik.placeholder'] },
  { name: 'serial 0000', body: withNik('3174095208240000'), ...taken, warnings: ['nik.serial_zero'] },
  { name: 'day 99', body: withNik('3174099908249001'), ...taken, warnings: ['nik.day'] },
  { name: '31 February', body: withNik('3174097102249001'), ...taken, warnings: ['nik.date'] },
  { name: 'another sex', body: withNik(NIK, { sex: 'M' }), ...taken, warnings: ['nik.sex_mismatch'] },
  {
    name: 'another birth date',
    body: withNik(NIK, { birthDate: '2024-08-13' }),
    ...taken,
    warnings: ['nik.dob_mismatch'],
  },
  {
    name: 'no birth date',
    body: withNik(NIK, { birthDate: undefined }),
    ...taken,
    warnings: ['nik.birth_date_missing'],
  },
  { name: 'blanks and dots in between', body: withNik('3174.0952 0824-9001'), ...taken, warnings: [] },
];

const day = (birthDate: unknown): string => child({ birthDate });
const when = (measuredAt: unknown): string => json({ measuredAt });
const ahead = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const TIMES: readonly HttpCase[] = [
  ...[
    '2023-02-29',
    '2024-02-30',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '0000-01-01',
    '10000-01-01',
    '+2024-01-01',
    '1799-12-31',
    '2200-01-01',
    '24-08-12',
    '12-08-2024',
    '2024-8-12',
    '2024-08-12T00:00:00Z',
    '٢٠٢٤-٠٨-١٢',
    ' 2024-08-12',
    '2024-08-12\n',
    '',
  ].map((text): HttpCase => ({
    name: `birth date ${JSON.stringify(text)}`,
    body: day(text),
    ...unfit('/child/birthDate'),
  })),
  { name: 'a birth date as a number', body: day(20240812), ...unfit('/child/birthDate') },
  { name: 'a leap day', body: day('2024-02-29'), ...taken },
  ...[
    '2024-02-30T09:00:00+07:00',
    '2024-11-12',
    '2024-11-12T09:14:00',
    '2024-11-12T25:00:00Z',
    '2024-11-12T24:00:00Z',
    '2024-11-12T09:60:00Z',
    '2024-11-12T09:14:60+07:00',
    '2024-11-12T09:14:00+24:00',
    '2024-11-12T09:14:00+07:60',
    '2024-11-12T09:14+07:00',
    '0000-01-01T00:00:00Z',
    '1799-12-31T00:00:00Z',
    '2200-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    `2024-11-12T09:14:00.${'1'.repeat(40)}Z`,
    '2024-W46-2',
    '1731377640',
    CANARY,
    '',
  ].map((text): HttpCase => ({ name: `moment ${JSON.stringify(text)}`, body: when(text), ...unfit('/measuredAt') })),
  { name: 'a moment as a number', body: when(1731377640), ...unfit('/measuredAt') },
  { name: 'a moment as null', body: when(null), ...unfit('/measuredAt') },
  { name: 'an offset of 14 hours and a minute', body: when('2024-11-12T09:14:00+14:01'), ...taken },
  { name: 'a leap second', body: when('2016-12-31T23:59:60Z'), ...taken },
  { name: 'the year 1800', body: when('1800-01-01T00:00:00Z'), ...taken },
  { name: 'ten minutes ahead', body: () => when(ahead(10)), ...future('/measuredAt') },
  { name: 'four minutes ahead', body: () => when(ahead(4)), ...taken },
  { name: 'the year 2199', body: when('2199-12-31T23:59:59Z'), ...future('/measuredAt') },
  { name: 'recorded ten minutes ahead', body: () => json({ recordedAt: ahead(10) }), ...future('/recordedAt') },
  { name: 'a revision ten minutes ahead', body: () => json({ revision: ahead(10) }), ...future('/revision') },
  {
    name: 'all three ahead',
    body: () => json({ measuredAt: ahead(10), recordedAt: ahead(10), revision: ahead(10) }),
    ...future('/measuredAt', '/recordedAt', '/revision'),
  },
  { name: 'recorded before computers', body: json({ recordedAt: '1970-12-31T23:59:59Z' }), ...unfit('/recordedAt') },
];

const FRAME: readonly HttpCase[] = [
  ...[
    '',
    ' ',
    'a b',
    'a/b',
    '../../etc/passwd',
    'a\u0430',
    'ａ',
    'a\n',
    'a%00',
    "a';--",
    '<a>',
    NIK,
    `x${NIK}y`,
    '12345678901234567890',
  ].map((reference): HttpCase => ({
    name: `reference ${JSON.stringify(reference)}`,
    body: json({ reference }),
    ...unfit('/reference'),
  })),
  ...[null, 7, true, ['a'], { a: 1 }].map((reference): HttpCase => ({
    name: `reference ${JSON.stringify(reference)}`,
    body: json({ reference }),
    ...unfit('/reference'),
  })),
  { name: 'a reference of fifteen digits', body: json({ reference: '123456789012345' }), ...taken },
  { name: 'a reference of dots', body: json({ reference: '..' }), ...taken },
  { name: 'a reference named as a member of every object', body: json({ reference: '__proto__' }), ...taken },
  ...[-1, 1.5, 1_000_000_000, '1', 'x', true, null, [], {}, '1970-01-01T00:00:00Z', '2999-01-01T00:00:00Z'].map(
    (revision): HttpCase => ({
      name: `revision ${JSON.stringify(revision)}`,
      body: json({ revision }),
      ...unfit('/revision'),
    }),
  ),
  { name: 'the greatest revision', body: json({ revision: 999_999_999 }), ...taken },
  { name: 'withdrawn without a revision', body: json({ withdrawn: true }), ...unfit('/withdrawn') },
  ...[false, 1, 'true', null].map((withdrawn): HttpCase => ({
    name: `withdrawn ${JSON.stringify(withdrawn)}`,
    body: json({ withdrawn, revision: 1 }),
    ...unfit('/withdrawn'),
  })),
  { name: 'a source of its own', body: withMember('"source":"dukcapil"'), ...unfit('/source') },
  {
    name: 'members of the envelope',
    body: withMember('"id":"x","type":"y","subject":"z"'),
    ...unfit('/id', '/type', '/subject'),
  },
];

const TEXTS = [
  "'; DROP TABLE registry.record; --",
  '" OR ""="',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '${jndi:ldap://127.0.0.1:9/x}',
  '{{7*7}}#{7*7}<%= 7*7 %>',
  '$(reboot)`reboot`;reboot|reboot',
  '=HYPERLINK("http://127.0.0.1:9")',
  '\r\n{"level":50,"msg":"forged"}\r\n',
  '%s%n%x%d',
  '../../../../etc/passwd',
  '\u001b]0;x\u0007',
  'null',
  'NaN',
  '__proto__',
  '🧒🏽👩‍👧',
];

const weight = (weightKg: unknown): string => json({ weightKg });
const VALUES: readonly HttpCase[] = [
  ...TEXTS.map((text): HttpCase => ({
    name: `a name ${JSON.stringify(text)}`,
    body: child({
      name: `${text} ${CANARY}`,
      motherName: text,
      address: { street: text },
      localId: `x ${text}`.slice(0, 100),
    }),
    ...taken,
  })),
  ...[-9.4, 0.49, 60.01, 1e15, '9.4', '9,4', null, [9.4], { kg: 9.4 }, true].map((value): HttpCase => ({
    name: `weight ${JSON.stringify(value)}`,
    body: weight(value),
    ...unfit('/weightKg'),
  })),
  { name: 'a z-score of -20.1', body: json({ sourceHeightForAgeZ: -20.1 }), ...unfit('/sourceHeightForAgeZ') },
  { name: 'an unknown code', body: json({ position: CANARY }), ...unfit('/position') },
  { name: 'a code of another case', body: json({ position: 'STANDING' }), ...unfit('/position') },
  { name: 'a code that every object has', body: json({ position: 'toString' }), ...unfit('/position') },
  { name: 'yes as a text', body: json({ vitaminA: 'true' }), ...unfit('/vitaminA') },
  { name: 'a sex that is a number', body: child({ sex: 1 }), ...unfit('/child/sex') },
  ...[null, [], 'CONTOH', 7, true].map((value): HttpCase => ({
    name: `a child that is ${JSON.stringify(value)}`,
    body: json({ child: value }),
    ...unfit('/child'),
  })),
  { name: 'a child of whom nothing is known', body: json({ child: {} }), ...taken },
  { name: 'a name as a list', body: child({ name: ['CONTOH'] }), ...unfit('/child/name') },
  { name: 'an empty name', body: child({ name: '' }), ...unfit('/child/name') },
  { name: 'identifiers as an object', body: child({ identifiers: { 0: NIK } }), ...unfit('/child/identifiers') },
  { name: 'null among the identifiers', body: child({ identifiers: [null] }), ...unfit('/child/identifiers/0') },
  { name: 'no identifiers', body: child({ identifiers: [] }), ...taken },
  {
    name: 'an identifier whose system is no address',
    body: child({ identifiers: [{ system: 'NIK', value: NIK }] }),
    ...unfit('/child/identifiers/0/system'),
  },
  { name: 'an address of an address', body: child({ address: { address: {} } }), ...unfit('/child/address/address') },
  { name: 'an RT of letters', body: child({ address: { rt: '00A' } }), ...unfit('/child/address/rt') },
  { name: 'a facility without a value', body: json({ facility: { system: 'urn:id:a' } }), ...unfit('/facility/value') },
  {
    name: 'everything wrong at once',
    body: JSON.stringify({
      ...good(),
      reference: '',
      measuredAt: 'x',
      child: null,
      facility: 1,
      weightKg: 'x',
      vitaminA: 3,
      other: CANARY,
    }),
    ...unfit('/reference', '/measuredAt', '/child', '/facility', '/weightKg', '/vitaminA', '/other'),
  },
];

const own = {
  token: 'everything of its source',
  headers: { 'content-type': 'application/json', 'simpul-purpose': 'health-care' },
} as const;
const lookup = (name: string, body: string, wanted: object): HttpCase => ({
  name,
  path: '/registry/v1/persons/lookup',
  ...own,
  body,
  status: 404,
  code: 'person.not-found',
  ...wanted,
});
const asked = (value: unknown): string => JSON.stringify({ identifier: { system: NIK_SYSTEM, value } });
const read = (name: string, path: string, wanted: object): HttpCase => ({
  name,
  method: 'GET',
  path,
  token: 'everything of its source',
  headers: { 'content-type': null, 'simpul-purpose': 'health-care' },
  status: 404,
  ...wanted,
});
const bad = { status: 400, code: 'request.malformed' } as const;
const unknown = { status: 404, code: 'person.not-found' } as const;

const REGISTRY: readonly HttpCase[] = [
  lookup('no purpose', asked(NIK), { headers: {}, status: 400, code: 'purpose.missing' }),
  lookup('an unknown purpose', asked(NIK), {
    headers: { 'simpul-purpose': `'; ${CANARY}` },
    status: 403,
    code: 'purpose.not-allowed',
  }),
  lookup('a purpose that was not agreed', asked(NIK), {
    headers: { 'simpul-purpose': 'civil-verification' },
    status: 403,
    code: 'purpose.not-allowed',
  }),
  lookup('two purposes', asked(NIK), {
    headers: { 'simpul-purpose': ['health-care', 'civil-verification'] },
    status: 403,
    code: 'purpose.not-allowed',
  }),
  lookup('a NIK as a number', asked(Number(NIK)), unfit('/identifier/value')),
  lookup('a pattern for all', asked('%'), {}),
  lookup('an injection', asked("' OR '1'='1"), {}),
  lookup('a list of all', JSON.stringify({ identifier: [{ system: NIK_SYSTEM, value: NIK }] }), unfit('/identifier')),
  lookup('__proto__', '{"__proto__":{}}', { status: 400, code: 'json.forbidden-key' }),
  lookup('256 KiB and one byte', ' '.repeat(256 * 1024 + 1), { status: 413, code: 'body.too-large' }),
  ...['0', 'x', '-', '%00', '%2e%2e', '..%2f..', "'%20OR%201=1", '%F0%9F%98%80', 'a'.repeat(200)].map((id) =>
    read(`a person ${id.slice(0, 20)}`, `/registry/v1/persons/${id}`, unknown),
  ),
  read('an id that is too long', `/registry/v1/persons/${'a'.repeat(201)}`, bad),
  ...[
    'limit=0',
    'limit=-1',
    'limit=1e9',
    'limit=201',
    'limit=1&limit=2',
    'cursor=x',
    'cursor=',
    'state=gone',
    "code='",
    'source=%00',
    `source=${CANARY}`,
    'code[$ne]=x&code=A',
  ].map((query) => read(`dead letters ${query}`, `/registry/v1/dead-letters?${query}`, bad)),
  ...[
    '{"receipts":"x"}',
    '{"receipts":[]}',
    '{"receipts":null}',
    '{}',
    '[]',
    `{"receipts":[${'"x",'.repeat(1_000)}"x"]}`,
  ].map((body): HttpCase => ({
    name: `receipts ${body.slice(0, 30)}`,
    path: '/registry/v1/receipts',
    ...own,
    body,
    ...unfit('/receipts'),
  })),
  {
    name: 'receipts that are none',
    path: '/registry/v1/receipts',
    ...own,
    body: `{"receipts":["x",7,null,{},"${'A'.repeat(5_000)}"]}`,
    status: 200,
    items: { unknown: 5 },
  },
];

export const MEANING: readonly Theme[] = [
  { theme: 'NIK', cases: NIKS },
  { theme: 'dates and times', cases: TIMES },
  { theme: 'reference and revision', cases: FRAME },
  { theme: 'values', cases: VALUES },
  { theme: 'questions to the registry', cases: REGISTRY },
];
