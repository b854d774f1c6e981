import { CANARY } from './canary.js';
import { child, good, json, type Theme, type HttpCase, padTo, withMember } from './http-case.js';

const KIB = 1024;
const MIB = 1024 * KIB;

const tooLarge = { status: 413, code: 'body.too-large' } as const;
const tooManyMembers = { status: 400, code: 'json.members' } as const;
const lines = { headers: { 'content-type': 'application/x-ndjson' } } as const;

const items = (n: number): string => `[${Array.from({ length: n }, () => json()).join(',')}]`;
const unknown = (n: number): string => Array.from({ length: n }, (_, at) => `"${at.toString(36)}":1`).join(',');
const chunked = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]);

const BODIES: readonly HttpCase[] = [
  { name: 'an object of exactly 256 KiB', body: () => padTo(256 * KIB, json()), status: 202 },
  { name: 'an object one byte over 256 KiB', body: () => padTo(256 * KIB + 1, json()), ...tooLarge },
  { name: 'an array of exactly 10 MiB', body: () => padTo(10 * MIB, `[${json()}]`), status: 202, items: ['accepted'] },
  { name: 'an array one byte over 10 MiB', body: () => padTo(10 * MIB + 1, `[${json()}]`), ...tooLarge },
  {
    name: 'an array one byte over 10 MiB, of a length not told before',
    bytes: [
      '$HEADcontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
      chunked(padTo(10 * MIB + 1, `[${json()}]`)),
    ],
    ...tooLarge,
  },
  { name: '1,000 items', body: () => items(1_000), status: 202, items: { accepted: 1_000 } },
  { name: '1,001 items', body: () => items(1_001), status: 413, code: 'body.too-many-items' },
  { name: '100,000 empty items', body: () => `[${'{},'.repeat(99_999)}{}]`, status: 413, code: 'body.too-many-items' },
  {
    name: '1,000 items with nothing good in them',
    body: () => `[${Array(1_000).fill('{}').join(',')}]`,
    status: 422,
    code: 'items.rejected',
    items: { 'rejected validation': 1_000 },
  },
  { name: '256 members, most unknown', body: () => withMember(unknown(251)), status: 422, code: 'validation' },
  {
    name: '1,000 errors in one item',
    body: () => child({ identifiers: Array.from({ length: 1_000 }, () => ({ system: 1 })) }),
    status: 422,
    code: 'validation',
  },
  {
    name: 'an item of 900,000 unknown members',
    body: () => `[${withMember(unknown(900_000))}]`,
    ...tooManyMembers,
  },
  {
    name: 'a list of three million empty objects in an item',
    body: () => `[${withMember(`"x":[${'{},'.repeat(3_000_000)}{}]`)}]`,
    ...tooManyMembers,
  },
  {
    name: 'a list of 199,000 empty objects in an item',
    body: () => `[${withMember(`"x":[${'{},'.repeat(199_000)}{}]`)}]`,
    status: 422,
    code: 'items.rejected',
    items: ['rejected validation'],
  },
  { name: '257 members', body: () => withMember(unknown(252)), ...tooManyMembers },
  {
    name: 'a name of a member of 100 KB',
    body: () => withMember(`"${'x'.repeat(100_000)}":1`),
    status: 422,
    code: 'validation',
  },
  { name: 'a name of 200 characters', body: child({ name: 'N'.repeat(200) }), status: 202 },
  { name: 'a name of 200 characters beyond the basic plane', body: child({ name: '𝓐'.repeat(200) }), status: 202 },
  {
    name: 'a name of 201 characters',
    body: child({ name: 'N'.repeat(201) }),
    status: 422,
    code: 'validation',
    pointers: ['/child/name'],
  },
  {
    name: 'a name of 200,000 characters',
    body: () => child({ name: CANARY.repeat(15_000) }),
    status: 422,
    code: 'validation',
    pointers: ['/child/name'],
  },
  { name: 'a reference of 64 characters', body: () => json({ reference: 'r'.repeat(64) }), status: 202 },
  {
    name: 'a reference of 65 characters',
    body: () => json({ reference: 'r'.repeat(65) }),
    status: 422,
    code: 'validation',
    pointers: ['/reference'],
  },
  {
    name: 'eight identifiers and a ninth',
    body: child({ identifiers: Array.from({ length: 9 }, () => ({ system: 'urn:id:a', value: '1' })) }),
    status: 422,
    code: 'validation',
    pointers: ['/child/identifiers'],
  },
  {
    name: '5,000 identifiers',
    body: () => child({ identifiers: Array.from({ length: 5_000 }, () => ({ system: 'urn:id:a', value: '1' })) }),
    status: 422,
    code: 'validation',
    pointers: ['/child/identifiers'],
  },
];

const stream = (name: string, body: () => string | Buffer, wanted: NonNullable<HttpCase['items']>): HttpCase => ({
  name,
  ...lines,
  body,
  status: 200,
  items: wanted,
});

const LINES: readonly HttpCase[] = [
  stream('a line of exactly 64 KiB', () => padTo(64 * KIB, json()), ['accepted', 'summary']),
  stream(
    'a line one byte over 64 KiB',
    () => Buffer.concat([padTo(64 * KIB + 1, json()), Buffer.from(`\n${json()}`)]),
    { 'rejected line.too-long': 1, accepted: 1, summary: 1 },
  ),
  stream('100,000 lines', () => '!\n'.repeat(100_000), { 'rejected json.syntax': 100_000, summary: 1 }),
  // How many were answered before the cut depends on the moment.
  {
    name: '100,001 lines',
    ...lines,
    body: () => '!\n'.repeat(100_001),
    status: 200,
    last: 'problem body.too-many-items',
  },
  { name: '257 MiB', ...lines, body: () => Buffer.alloc(257 * MIB, 'x'), status: 200, last: 'problem body.too-large' },
  stream('one bad line in 1,000', () => [...Array.from({ length: 999 }, () => json()), '{'].join('\n'), {
    accepted: 999,
    'rejected json.syntax': 1,
    summary: 1,
  }),
  stream('no line', () => '\n\n', ['summary']),
  stream('blank lines and returns between', () => `\r\n${json()}\r\n \t\n${json()}`, [
    'accepted',
    'accepted',
    'summary',
  ]),
  stream('a million blank lines', () => '\n'.repeat(1_000_000), ['summary']),
  stream('a list in a line', () => `[${json()}]`, ['rejected validation', 'summary']),
  stream('null in a line', () => 'null', ['rejected validation', 'summary']),
  stream('a byte order mark in the first line', () => `\ufeff${json()}\n${json()}`, {
    'rejected body.encoding': 1,
    accepted: 1,
    summary: 1,
  }),
  stream('a line in latin1', () => Buffer.from(`${child({ name: 'Andr\u00e9' })}\n`, 'latin1'), [
    'rejected body.encoding',
    'summary',
  ]),
  stream('a line with a NUL, escaped', () => json().replace('CONTOH', String.raw`\u0000`), [
    'rejected json.text',
    'summary',
  ]),
  stream(
    'a line with a number beyond 2^53',
    () => json({ weightKg: 1 }).replace('"weightKg":1', '"weightKg":9007199254740993'),
    ['rejected json.number', 'summary'],
  ),
  stream('a line with a member twice', () => withMember('"weightKg":1'), ['rejected json.duplicate-key', 'summary']),
  stream('a line with __proto__', () => withMember('"__proto__":1'), ['rejected json.forbidden-key', 'summary']),
  stream('a line 30,000 levels deep', () => '['.repeat(30_000), ['rejected json.depth', 'summary']),
  stream('a line that breaks off at the end', () => `${json()}\n{"reference":"x"`, {
    accepted: 1,
    'rejected json.syntax': 1,
    summary: 1,
  }),
  stream(
    'one message three times, then with another content',
    () => {
      const [one, other] = [good({ reference: 'hostile-lines' }), good({ reference: 'hostile-lines', weightKg: 8 })];
      return [one, one, other, one].map((line) => JSON.stringify(line)).join('\n');
    },
    { accepted: 1, duplicate: 2, 'rejected event.conflict': 1, summary: 1 },
  ),
];

/** Some of these take the computer some time: each has it for itself. */
export const SIZES: readonly Theme[] = [
  { theme: 'sizes of bodies', cases: BODIES },
  { theme: 'lines', cases: LINES },
];
