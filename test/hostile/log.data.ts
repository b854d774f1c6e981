import type { EventType } from '@simpul/contracts';
import { growthMeasured } from '@simpul/contracts';
import { CANARY, NIK } from './canary.js';
import { SOURCE } from './token-set.js';
import {
  bytes,
  data,
  enveloped,
  type Growth,
  headOf,
  holding,
  inTopicOf,
  type LogCase,
  type LogMessage,
  type LogVerdict,
  sealed,
  tampered,
  unknownKey,
  withAttribute,
} from './log-case.js';

const one = (name: string, wanted: LogVerdict, message: () => LogMessage): LogCase => ({
  name,
  wanted,
  messages: () => [message()],
});
const several = (name: string, wanted: LogVerdict, messages: () => LogMessage[]): LogCase => ({
  name,
  wanted,
  messages,
});

const ENVELOPE = 'dead event.envelope';
const SEAL = 'dead event.seal';
const SCHEMA = 'dead event.schema';
const STORABLE = 'dead event.storable';

const UNREADABLE: readonly LogCase[] = [
  one('no value', ENVELOPE, () => bytes(null)),
  one('no value and no key', ENVELOPE, () => bytes(null, null)),
  one('an empty value', ENVELOPE, () => bytes('')),
  one('a word', ENVELOPE, () => bytes(CANARY)),
  one('NUL bytes', ENVELOPE, () => bytes(Buffer.alloc(1_000))),
  one('noise', ENVELOPE, () => bytes(Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 151 + 7) % 256)))),
  one('900 KB of noise', ENVELOPE, () => bytes(Buffer.alloc(900_000, `${CANARY},"data":"`))),
  one('900 KB of brackets', ENVELOPE, () => bytes('['.repeat(900_000))),
  one('an empty object', ENVELOPE, () => bytes('{}')),
  one('a list', ENVELOPE, () => bytes('[]')),
  one('nothing but sealed data', ENVELOPE, () => bytes(',"data":"x"}')),
  one('an envelope that is not UTF-8', ENVELOPE, () =>
    bytes(Buffer.from(String(sealed().value).replace('"1.0"', '"1.0","x":"\u00ff"'), 'latin1')),
  ),
  one('an event that is not sealed', ENVELOPE, () =>
    tampered((text) => text.replace(/"data":".*$/u, '"data":{"weightKg":1}}')),
  ),
  one('an event that was cut off', ENVELOPE, () => tampered((text) => text.slice(0, -40))),
  one('something behind the event', ENVELOPE, () => tampered((text) => `${text} `)),
  one('two events in one message', ENVELOPE, () => tampered((text) => `${text}${text}`)),
  one('a list of events', ENVELOPE, () => tampered((text) => `[${text}]`)),
];

const ATTRIBUTES: readonly LogCase[] = [
  one('specversion 0.3', ENVELOPE, () => withAttribute('specversion', '0.3')),
  ...(
    [
      'specversion',
      'id',
      'source',
      'type',
      'subject',
      'time',
      'recordedtime',
      'receivedtime',
      'datacontenttype',
      'dataschema',
      'classification',
    ] as const
  ).map((name) => one(`no ${name}`, ENVELOPE, () => withAttribute(name))),
  one('a type that is a number', ENVELOPE, () => withAttribute('type', 7)),
  one('an id of two parts', ENVELOPE, () => withAttribute('id', 'growth-measurement/x')),
  one('an id with a NIK in it', ENVELOPE, () => withAttribute('id', `growth-measurement/${NIK}/0`)),
  one('an id with a revision beyond 2^53', ENVELOPE, () =>
    withAttribute('id', 'growth-measurement/x/9007199254740993'),
  ),
  one('an id with blanks', ENVELOPE, () => withAttribute('id', 'growth-measurement/a b/0')),
  one('a source of another system', ENVELOPE, () => withAttribute('source', 'https://other.example')),
  one('a source with a path', ENVELOPE, () => withAttribute('source', 'urn:simpul:source:../x')),
  one('a subject that is a NIK', ENVELOPE, () => withAttribute('subject', NIK)),
  one('a time without its zone', ENVELOPE, () => withAttribute('time', '2024-11-12T02:14:00.000')),
  one('30 February', ENVELOPE, () => withAttribute('time', '2024-02-30T02:14:00.000Z')),
  one('the year 0', ENVELOPE, () => withAttribute('time', '0000-01-01T00:00:00.000Z')),
  one('the year 1798', ENVELOPE, () => withAttribute('time', '1798-12-31T00:00:00.000Z')),
  one('the year 9999', ENVELOPE, () => withAttribute('time', '9999-12-31T23:59:59.999Z')),
  one('recorded in the year 9999', ENVELOPE, () => withAttribute('recordedtime', '9999-12-31T23:59:59.999Z')),
  one('the first day of 1800 in Jakarta', 'applied', () => sealed({ time: '1799-12-31T17:00:00.000Z' })),
  one('the year 10000', ENVELOPE, () => withAttribute('time', '+10000-01-01T00:00:00.000Z')),
  one('another content type of the data', ENVELOPE, () => withAttribute('datacontenttype', 'application/json')),
  one('an unknown classification', ENVELOPE, () => withAttribute('classification', 'secret')),
  one('a trace that is none', ENVELOPE, () => withAttribute('traceparent', CANARY)),
  one('an attribute in capitals', ENVELOPE, () => enveloped((head) => head.replace('{', '{"Other":"x",'))),
  one('an attribute that is an object', ENVELOPE, () => enveloped((head) => head.replace('{', '{"other":{},'))),
  one('__proto__ among the attributes', ENVELOPE, () => enveloped((head) => head.replace('{', '{"__proto__":"x",'))),
  one('a head of more than 8 KiB', ENVELOPE, () =>
    enveloped((head) => head.replace('{', `{"other":"${'x'.repeat(8_200)}",`)),
  ),
  one('a further attribute', 'applied', () => enveloped((head) => head.replace('{', '{"other":"x",'))),
  one('attributes in another order', 'applied', () =>
    enveloped((head) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(head) as object).toReversed()))),
  ),
  one('blanks between the attributes', 'applied', () =>
    enveloped((head) => JSON.stringify(JSON.parse(head), undefined, ' ')),
  ),
  one('a day ahead: only the door can know', 'applied', () =>
    sealed({ time: new Date(Date.now() + 25 * 3_600_000).toISOString() }),
  ),
  one('another content-type header', 'applied', () => ({ ...sealed(), headers: { 'content-type': 'text/plain' } })),
  one('no header', 'applied', () => ({ ...sealed(), headers: {} })),
];

const letter =
  (from: number): ((text: string) => string) =>
  (text) => {
    const at = text.length - from;
    return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  };

/** The header of the seal, changed. */
const resealed = (change: object): LogMessage =>
  tampered((text) =>
    text.replace(/"data":"(?<header>[^.]+)\./u, (_all, header: string) => {
      const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
      return `"data":"${Buffer.from(JSON.stringify({ ...members, ...change })).toString('base64url')}.`;
    }),
  );

const SEALS: readonly LogCase[] = [
  one('a letter of the tag changed', SEAL, () => tampered(letter(6))),
  one('a letter of the text changed', SEAL, () => tampered(letter(60))),
  one('a seal that is none', SEAL, () => tampered((text) => text.replace(/"data":"[^"]+"/u, `"data":"${CANARY}"`))),
  one('four parts instead of five', SEAL, () => tampered((text) => text.replace(/\.[^."]+"\}$/u, '"}'))),
  one('an empty part', SEAL, () => tampered((text) => text.replace(/\.[^."]+"\}$/u, '."}'))),
  one('padding', SEAL, () => tampered((text) => text.replace(/"\}$/u, '=="}'))),
  one('a text compressed before', SEAL, () => resealed({ zip: 'DEF' })),
  one('another algorithm', SEAL, () => resealed({ alg: 'dir' })),
  one('another cipher', SEAL, () => resealed({ enc: 'A128CBC-HS256' })),
  one('a critical header', SEAL, () => resealed({ crit: ['x'], x: 1 })),
  one('a key id with a path', SEAL, () => resealed({ kid: '../../x' })),
  one('the zero point as its key', SEAL, () => resealed({ epk: { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } })),
  one('the seal of another envelope', SEAL, () => {
    const [mine, other] = [sealed(), sealed()];
    return {
      ...mine,
      value: Buffer.from(`${headOf(mine).slice(0, -1)},"data":${String(other.value).split(',"data":')[1] ?? ''}`),
    };
  }),
  one('an envelope changed behind the seal', SEAL, () => tampered((text) => text.replace('2024-11-12', '2024-11-13'))),
  one('a source changed behind the seal', SEAL, () =>
    tampered((text) => text.replace(/"urn:simpul:source:[a-z-]+"/u, `"urn:simpul:source:${SOURCE}"`)),
  ),
  one('a seal to a key that we lack', 'waiting event.waiting.key', () => sealed({ recipient: unknownKey })),
];

const PAYLOADS: readonly LogCase[] = [
  one('sealed words', SEAL, () => holding(CANARY)),
  one('nothing sealed', SEAL, () => holding('')),
  one('a sealed null', SEAL, () => holding('null')),
  one('sealed data without a digest', SEAL, () => holding('{"data":{}}')),
  one('a digest that is too short', SEAL, () => holding('{"digest":"x","data":{}}')),
  one('data that are a list', SEAL, () => holding(`{"digest":"${'A'.repeat(43)}","data":[]}`)),
  one('mapping 1, said', SEAL, () => holding(`{"digest":"${'A'.repeat(43)}","data":{},"mapping":1}`)),
  one('half a mapping', SEAL, () => holding(`{"digest":"${'A'.repeat(43)}","data":{},"mapping":2.5}`)),
  one('something beside the data', SEAL, () => holding(`{"digest":"${'A'.repeat(43)}","data":{},"source":"x"}`)),
  one('100,000 levels beside the data', SEAL, () =>
    holding(`{"digest":"${'A'.repeat(43)}","data":{},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  ),
];

const growth = growthMeasured as unknown as EventType<Growth>;
const fits = (name: string, wanted: LogVerdict, change: object): LogCase =>
  one(name, wanted, () => sealed({ data: data(change), digest: 'A'.repeat(43) }));

const DATA: readonly LogCase[] = [
  one('empty data', SCHEMA, () => holding(`{"digest":"${'A'.repeat(43)}","data":{}}`)),
  fits('a weight as a text', SCHEMA, { weightKg: '9.4' }),
  fits('a weight beyond all', SCHEMA, { weightKg: 1e308 }),
  fits('a negative weight', SCHEMA, { weightKg: -1 }),
  fits('a child that is null', SCHEMA, { facility: null }),
  fits('an unknown member', SCHEMA, { other: CANARY }),
  fits('a member that every object has', SCHEMA, { toString: 'x' }),
  one('__proto__', SCHEMA, () => holding(`{"digest":"${'A'.repeat(43)}","data":{"__proto__":{"weightKg":1}}}`)),
  one('1e400', SCHEMA, () =>
    holding(JSON.stringify({ digest: 'A'.repeat(43), data: data({}) }).replace('9.4', '1e400')),
  ),
  one('100,000 levels', SCHEMA, () =>
    holding(
      JSON.stringify({ digest: 'A'.repeat(43), data: data({}) }).replace(
        '9.4',
        `9.4,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      ),
    ),
  ),
  one('50,000 levels of objects', SCHEMA, () =>
    holding(
      JSON.stringify({ digest: 'A'.repeat(43), data: data({}) }).replace(
        '9.4',
        `9.4,"x":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      ),
    ),
  ),
  fits('5,000 identifiers', SCHEMA, {
    child: { identifiers: Array.from({ length: 5_000 }, () => ({ system: 'urn:id:a', value: '1' })) },
  }),
  fits('a name of 500 KB', SCHEMA, { child: { name: CANARY.repeat(35_000) } }),
  fits('a NUL in a name', STORABLE, { child: { localId: 'x', name: 'A\0B' } }),
  fits('a NUL in a fact', STORABLE, { facility: { system: 'urn:id:a', value: 'A\0B' } }),
  fits('half a surrogate in a name', STORABLE, { child: { localId: 'x', name: 'A\ud83d' } }),
  fits('half a surrogate in a fact', STORABLE, { facility: { system: 'urn:id:a', value: '\ude00A' } }),
  fits('a NUL in an identifier', STORABLE, { child: { identifiers: [{ system: 'urn:id:a', value: '1\0' }] } }),
  fits('letters of every kind', 'applied', {
    child: { localId: "x'; DROP TABLE registry.record; --", name: '🧒🏽 \u202e \uffff ꦱ' },
  }),
  one('another schema than that of its type', SCHEMA, () =>
    sealed({ envelope: { dataschema: 'urn:simpul:schema:health.growth.measured:9' } }),
  ),
];

const PLACES: readonly LogCase[] = [
  one('a type that nobody knows yet', 'waiting event.waiting.type', () =>
    sealed({ envelope: { type: 'id.simpul.health.growth.dreamt.v1' } }),
  ),
  one('a version that nobody knows yet', 'waiting event.waiting.type', () =>
    sealed({ envelope: { type: growth.type.replace(/v1$/u, 'v2') } }),
  ),
  one('a source that is not registered', 'waiting event.waiting.source', () => sealed({ source: 'tidak-terdaftar' })),
  one('a type of another sector', 'dead event.topic', () => inTopicOf('social', sealed())),
  one('a sector that does not exist', 'dead event.topic', () =>
    sealed({ envelope: { type: 'id.simpul.weather.rain.fallen.v1' } }),
  ),
  one('another key than the subject', 'dead event.key', () => ({ ...sealed(), key: 'A'.repeat(43) })),
  one('no key', 'dead event.key', () => ({ ...sealed(), key: null })),
  one('an empty key', 'dead event.key', () => ({ ...sealed(), key: '' })),
  one('a source of another sector', 'dead event.source', () =>
    inTopicOf('social', sealed({ source: SOURCE, envelope: { type: 'id.simpul.social.ranking.published.v1' } })),
  ),
];

const twice = (changes: Parameters<typeof sealed>[0], wanted: LogVerdict, name: string): LogCase =>
  several(name, wanted, () => {
    const first = sealed();
    const reference = first.id?.split('/')[1] ?? '';
    return [first, sealed({ reference, ...(first.digest !== undefined && { digest: first.digest }), ...changes })];
  });

const REPEATS: readonly LogCase[] = [
  twice({}, 'duplicate', 'the same again'),
  twice({ data: data({ weightKg: 8 }) }, 'duplicate', 'the same digest over other data: the first stays'),
  twice({ digest: 'B'.repeat(42) + 'A' }, 'dead event.conflict', 'the same id with another digest'),
  twice({ mapping: 2 }, 'repaired', 'the same in a repaired translation'),
  twice({ revision: 999_999_999_999_999 }, 'applied', 'the greatest revision'),
  several('a lower revision behind a higher', 'superseded', () => {
    const first = sealed({ revision: 5 });
    return [first, sealed({ reference: first.id?.split('/')[1] ?? '', revision: 4 })];
  }),
  several('a conflict behind a message that died', 'dead event.conflict', () => {
    const first = sealed({ data: data({ weightKg: -1 }) });
    return [first, sealed({ reference: first.id?.split('/')[1] ?? '' })];
  }),
  several('behind one that waits', 'waiting event.waiting.order', () => {
    const first = sealed({ recipient: unknownKey });
    return [first, sealed({ reference: first.id?.split('/')[1] ?? '' })];
  }),
];

export const LOG: readonly { theme: string; cases: readonly LogCase[] }[] = [
  { theme: 'bytes that are no event', cases: UNREADABLE },
  { theme: 'attributes', cases: ATTRIBUTES },
  { theme: 'seals', cases: SEALS },
  { theme: 'payloads', cases: PAYLOADS },
  { theme: 'data', cases: DATA },
  { theme: 'places', cases: PLACES },
  { theme: 'the same id again', cases: REPEATS },
];
