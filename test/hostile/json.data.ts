import { CANARY } from './canary.js';
import { good, json, type HttpCase, type Theme, withMember } from './http-case.js';

const syntax = { status: 400, code: 'json.syntax' } as const;
const shape = { status: 400, code: 'body.shape' } as const;
const twice = { status: 400, code: 'json.duplicate-key' } as const;
const forbidden = { status: 400, code: 'json.forbidden-key' } as const;
const number = { status: 400, code: 'json.number' } as const;
const depth = { status: 400, code: 'json.depth' } as const;
const unfit = { status: 422, code: 'validation' } as const;

/** Texts that are no JSON, each inside of an otherwise good message as the value of a member. */
const N_VALUES: Readonly<Record<string, string>> = {
  'a value that is missing': '',
  'a bare word': CANARY,
  'a text in apostrophes': "'x'",
  'a text that does not end': '"x',
  'an unknown escape': String.raw`"\x41"`,
  'an escape that breaks off': String.raw`"\u12"`,
  'True of another language': 'True',
  'None of another language': 'None',
  undefined: 'undefined',
  NaN: 'NaN',
  Infinity: 'Infinity',
  '-Infinity': '-Infinity',
  'a number with a leading zero': '01',
  'a negative number with a leading zero': '-01',
  'a number with a plus': '+1',
  'a number that ends in its point': '1.',
  'a number that begins with its point': '.5',
  'a number with an empty exponent': '1e',
  'a number with two points': '1.2.3',
  'two minus signs': '--1',
  'a minus alone': '-',
  'a hexadecimal number': '0x1F',
  'a number with separators': '1_000',
  'a number with a comma': '9,4',
  'full-width digits': '９',
  'a comment': '1 /* one */',
  'a comment to the end of the line': '1 // one\n',
  'a list with a comma at its end': '[1,]',
  'a list with two commas': '[1,,2]',
  'a list that does not end': '[1',
  'a list closed as an object': '[1}',
  'an object with a comma at its end': '{"a":1,}',
  'an object without a colon': '{"a" 1}',
  'an object with two colons': '{"a"::1}',
  'a number as the name of a member': '{1:1}',
  'a member without a name': '{:1}',
  'an object closed as a list': '{"a":1]',
  'a non-breaking space': '\u00a01',
  'a form feed': '\f1',
};

const n = (name: string, value: string): HttpCase => ({ name, body: withMember(`"x":${value}`), ...syntax });

const N_BODIES: readonly HttpCase[] = [
  { name: 'two objects', body: `${json()}${json()}`, ...syntax },
  { name: 'an object and something behind it', body: `${json()} x`, ...syntax },
  { name: 'an object that was cut off', body: json().slice(0, 60), ...syntax },
  { name: 'a closing brace alone', body: '}', ...syntax },
  { name: 'an opening brace alone', body: '{', ...syntax },
  { name: 'an opening quotation mark alone', body: '"', ...syntax },
  { name: 'blanks alone', body: ' \t\r\n', ...syntax },
  { name: 'XML', body: `<?xml version="1.0"?><a>${CANARY}</a>`, ...syntax },
  { name: 'an entity of XML', body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', ...syntax },
  { name: 'a form', body: `reference=${CANARY}&weightKg=9`, ...syntax },
  { name: 'YAML', body: 'reference: a\nweightKg: 9\n', ...syntax },
  { name: 'CSV with a formula', body: '=cmd|/c calc,9.4\n', ...syntax },
  { name: 'JSON with a prefix against scripts', body: `)]}',\n${json()}`, ...syntax },
  { name: 'JSON in a call', body: `f(${json()})`, ...syntax },
  { name: 'lines of JSON that call themselves JSON', body: `${json()}\n${json()}`, ...syntax },
  { name: 'a record of JSON text sequences', body: `\u001e${json()}`, ...syntax },
  { name: 'nothing', body: '', status: 400, code: 'body.empty' },
];

const I_BODIES: readonly HttpCase[] = [
  { name: 'a bare text', body: `"${CANARY}"`, ...shape },
  { name: 'a bare number', body: '1', ...shape },
  { name: 'a bare null', body: 'null', ...shape },
  { name: 'a bare true', body: 'true', ...shape },
  {
    name: 'an empty object',
    body: '{}',
    ...unfit,
    pointers: ['/reference', '/measuredAt', '/child', '/facility', '/weightKg'],
  },
  { name: 'an empty list', body: '[]', status: 422, code: 'items.rejected', items: [] },
  {
    name: 'a list in a list',
    body: `[[${json()}]]`,
    status: 422,
    code: 'items.rejected',
    items: ['rejected validation'],
  },
  {
    name: 'a list of all that is no object, and one that is',
    body: `[null,1,"${CANARY}",true,[],{},${json()}]`,
    status: 202,
    items: [...Array<string>(6).fill('rejected validation'), 'accepted'],
  },
];

const Y_BODIES: readonly HttpCase[] = [
  { name: 'blanks around', body: ` \r\n\t${json()}\n\n`, status: 202 },
  { name: 'blanks everywhere', body: JSON.stringify(good(), undefined, '\t'), status: 202 },
  {
    name: 'every letter escaped',
    body: json().replace('CONTOH', String.raw`\u0043\u004f\u004E\u0054\u004f\u0048`),
    status: 202,
  },
  {
    name: 'an escaped slash',
    body: json({ facility: { system: 'urn:id:a', value: '@' } }).replace('@', String.raw`a\/b`),
    status: 202,
  },
  { name: 'a number with an exponent', body: json().replace('9.4', '94E-1'), status: 202 },
  {
    name: 'a number with many digits behind the point',
    body: json().replace('9.4', '9.40000000000000000000000001'),
    status: 202,
  },
];

const KEYS: readonly HttpCase[] = [
  { name: 'a member twice', body: withMember('"weightKg":9.4'), ...twice },
  { name: 'a member twice, once escaped', body: withMember(String.raw`"weight\u004bg":9.4`), ...twice },
  { name: 'a member twice in a part', body: json().replace('"sex":"F"', '"sex":"F","sex":"M"'), ...twice },
  { name: 'a member twice in an item', body: `[${json()},${withMember('"weightKg":1')}]`, ...twice },
  { name: 'an empty name twice', body: withMember('"":1,"":2'), ...twice },
  {
    name: 'the same name in two objects',
    body: withMember('"x":{"a":1},"y":{"a":1}'),
    ...unfit,
    pointers: ['/x', '/y'],
  },
  { name: 'names that differ in case', body: withMember('"WeightKg":9.4'), ...unfit, pointers: ['/WeightKg'] },
  { name: '__proto__', body: withMember(`"__proto__":{"name":"${CANARY}"}`), ...forbidden },
  { name: '__proto__, escaped', body: withMember(String.raw`"\u005f_proto__":{}`), ...forbidden },
  { name: '__proto__ in a part', body: json().replace('"sex"', '"__proto__":{"admin":true},"sex"'), ...forbidden },
  { name: '__proto__ in an item', body: `[${json()},{"__proto__":null}]`, ...forbidden },
  { name: 'constructor', body: withMember('"constructor":{"prototype":{"admin":true}}'), ...forbidden },
  { name: 'prototype', body: withMember('"prototype":{}'), ...forbidden },
  { name: 'toString', body: withMember('"toString":"x"'), ...unfit, pointers: ['/toString'] },
  { name: 'hasOwnProperty', body: withMember('"hasOwnProperty":1'), ...unfit, pointers: ['/hasOwnProperty'] },
  {
    name: 'valueOf in a part',
    body: json().replace('"sex"', '"valueOf":1,"sex"'),
    ...unfit,
    pointers: ['/child/valueOf'],
  },
  { name: '__defineGetter__', body: withMember('"__defineGetter__":1'), ...unfit, pointers: ['/__defineGetter__'] },
  { name: 'then', body: withMember('"then":1'), ...unfit, pointers: ['/then'] },
  { name: 'toJSON', body: withMember('"toJSON":1'), ...unfit, pointers: ['/toJSON'] },
  { name: 'length', body: withMember('"length":4294967295'), ...unfit, pointers: ['/length'] },
  { name: 'an empty name', body: withMember('"":1'), ...unfit, pointers: ['/'] },
  { name: 'a name with slash and tilde', body: withMember('"a/b~c":1'), ...unfit, pointers: ['/a~1b~0c'] },
  { name: 'a name that is a number', body: withMember('"0":1'), ...unfit, pointers: ['/0'] },
  {
    name: 'operators of a document database',
    body: withMember('"$where":"1","$gt":""'),
    ...unfit,
    pointers: ['/$where', '/$gt'],
  },
];

const nested = (levels: number, [open, close]: [string, string]): string => open.repeat(levels) + close.repeat(levels);

const DEPTHS: readonly HttpCase[] = [
  { name: '32 levels', body: withMember(`"x":${nested(31, ['[', ']'])}`), ...unfit, pointers: ['/x'] },
  { name: '33 levels', body: withMember(`"x":${nested(32, ['[', ']'])}`), ...depth },
  {
    name: '33 levels of objects',
    body: withMember(`"x":${nested(32, ['{"a":', '1}'])}`.replace(/1\}(?=1\})/gu, '}')),
    ...depth,
  },
  { name: '33 levels in an item', body: `[${withMember(`"x":${nested(31, ['[', ']'])}`)}]`, ...depth },
  { name: '100,000 levels of lists', body: () => nested(100_000, ['[', ']']), ...depth },
  { name: '100,000 levels that do not end', body: () => '['.repeat(100_000), ...depth },
  { name: '40,000 levels of objects', body: () => '{"a":'.repeat(40_000), ...depth },
  { name: '5,000,000 levels', body: () => '['.repeat(5_000_000), ...depth },
  { name: 'brackets inside of a text', body: json({ child: { localId: 'b', name: '['.repeat(199) } }), status: 202 },
];

const weight = (text: string): string => json({ weightKg: 0.5 }).replace('"weightKg":0.5', `"weightKg":${text}`);
const tooLarge = { ...unfit, pointers: ['/weightKg'] };

const NUMBERS: readonly HttpCase[] = [
  { name: '2^53 - 1', body: weight('9007199254740991'), ...tooLarge },
  { name: '2^53', body: weight('9007199254740992'), ...number },
  { name: '2^53 + 1', body: weight('9007199254740993'), ...number },
  { name: '-2^53 - 1', body: weight('-9007199254740993'), ...number },
  { name: '2^53 + 1 as a fraction', body: weight('9007199254740993.0'), ...number },
  { name: '2^53 + 1 with an exponent', body: weight('9.007199254740993e15'), ...number },
  { name: 'twenty digits', body: weight('12345678901234567890'), ...number },
  { name: '1e400', body: weight('1e400'), ...number },
  { name: '-1e400', body: weight('-1e400'), ...number },
  { name: '1e999999999999', body: weight('1e999999999999'), ...number },
  { name: 'fifty thousand digits', body: () => weight('1'.repeat(50_000)), ...number },
  { name: '1e-400', body: weight('1e-400'), ...tooLarge },
  { name: '-0', body: weight('-0'), ...tooLarge },
  { name: '0', body: weight('0'), ...tooLarge },
  { name: 'a number deep in an unknown member', body: withMember('"x":{"y":[1e400]}'), ...number },
  { name: 'a large number inside of a text', body: json({ child: { localId: '9007199254740993123' } }), status: 202 },
];

export const JSON_THEMES: readonly Theme[] = [
  {
    theme: 'JSON that is none',
    cases: [...Object.entries(N_VALUES).map(([name, value]) => n(name, value)), ...N_BODIES],
  },
  { theme: 'JSON that is not what is taken', cases: I_BODIES },
  { theme: 'JSON that must be taken', cases: Y_BODIES },
  { theme: 'names of members', cases: KEYS },
  { theme: 'depth', cases: DEPTHS },
  { theme: 'numbers', cases: NUMBERS },
];
