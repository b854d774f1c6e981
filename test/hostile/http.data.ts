import { gzipSync } from 'node:zlib';
import { CANARY } from './canary.js';
import { type HttpCase, json, padTo, PATH, type Theme } from './http-case.js';

const typeRefused = { status: 415, code: 'media-type' } as const;
const malformed = { status: 400, code: 'request.malformed' } as const;
const missing = { status: 404, code: 'not-found' } as const;
const taken = { status: 202 } as const;
const noToken = { status: 401, code: 'token.missing' } as const;
const unread = { ...malformed, unread: true } as const;

const typed = (type: string | readonly string[] | null, wanted: { status: number; code?: string }): HttpCase => ({
  name: `content-type ${type === null ? 'left out' : JSON.stringify(type)}`,
  headers: { 'content-type': type },
  body: json(),
  ...wanted,
});

const TYPES: readonly HttpCase[] = [
  typed(null, typeRefused),
  ...[
    '',
    'text/plain',
    'text/json',
    'application/jsonx',
    'application/json+x',
    'application/problem+json',
    'application/cloudevents+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json; boundary=x',
    'application/json;',
    'application/json\t;charset=utf-8',
    'application/json, application/json',
    'application /json',
    'application/json ; charset=utf-8',
    '*/*',
    `application/${CANARY}`,
  ].map((type) => typed(type, typeRefused)),
  typed(['application/json', 'text/plain'], typeRefused),
  typed(['application/json', 'application/json'], typeRefused),
  typed('APPLICATION/JSON', taken),
  typed('application/json; charset=UTF-8', taken),
  typed('application/json;charset="utf-8"', taken),
  typed(' \tapplication/json \t', taken),
  {
    name: 'a form with a file',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: `--x\r\ncontent-disposition: form-data; name="f"; filename="../../${CANARY}"\r\n\r\n${json()}\r\n--x--\r\n`,
    ...typeRefused,
  },
  { name: 'a compressed body', headers: { 'content-encoding': 'gzip' }, body: gzipSync(json()), ...typeRefused },
  {
    name: 'a compressed body of a thousand times its size',
    headers: { 'content-encoding': 'gzip' },
    body: () => gzipSync(padTo(9_000_000, json())),
    ...typeRefused,
  },
  { name: 'a body compressed twice', headers: { 'content-encoding': 'gzip, br' }, body: json(), ...typeRefused },
  { name: 'a compressed body that does not say so', body: gzipSync(json()), status: 400, code: 'body.encoding' },
  { name: 'an encoding that is none', headers: { 'content-encoding': 'identity' }, body: json(), ...taken },
];

const without = (method: string): HttpCase => ({
  name: method,
  method,
  headers: { 'content-type': null },
  status: 405,
  code: 'method-not-allowed',
});

const METHODS: readonly HttpCase[] = [
  ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'].map(without),
  { name: 'QUERY with a body', method: 'QUERY', body: json(), status: 405, code: 'method-not-allowed' },
  { name: 'PUT with a body', method: 'PUT', body: json(), status: 405, code: 'method-not-allowed' },
  { name: 'GET with a body', method: 'GET', body: json(), status: 405, code: 'method-not-allowed' },
  {
    name: 'POST to a route that reads',
    method: 'POST',
    path: '/registry/v1/keys',
    body: '{}',
    status: 405,
    code: 'method-not-allowed',
  },
  { name: 'OPTIONS', method: 'OPTIONS', headers: { 'content-type': null }, status: 204 },
  { name: 'another method by header', headers: { 'x-http-method-override': 'DELETE' }, body: json(), ...taken },
  { name: 'a method that is none', method: 'BREW', ...unread },
  { name: 'a method in small letters', method: 'post', ...unread },
  { name: 'a tunnel', bytes: ['CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: x\r\n\r\n'], status: 0 },
];

const at = (path: string, wanted: { status: number; code?: string }): HttpCase => ({
  name: `path ${path.slice(0, 80)}`,
  path,
  body: json(),
  ...wanted,
});
const open = (path: string): HttpCase => ({
  ...at(path, noToken),
  name: `path ${path}, without a token`,
  token: 'none',
});

const PATHS: readonly HttpCase[] = [
  ...[
    `${PATH}/`,
    `/${PATH}`,
    `${PATH}/..`,
    `${PATH}//`,
    `${PATH}.json`,
    `${PATH}%20`,
    `${PATH}%2f`,
    `${PATH}%00`,
    PATH.replaceAll('/', '%2f').replace('%2f', '/'),
    PATH.replace('/v1', '/v1/../v1'),
    PATH.replace('/v1', '/v1/%2e%2e/v1'),
    PATH.replace('/v1', '/V1'),
    PATH.replace('/v1', '/v2'),
    PATH.replace('/health', '/unknown'),
    PATH.replaceAll('/', '\\').replace('\\', '/'),
    PATH.toUpperCase(),
    `/${'a/'.repeat(2_000)}`,
    `/${'a'.repeat(8_000)}`,
    '/adapters/health/v1/gr%6fwth-measurements%',
    '/.env',
    '/metrics',
    '/livez',
    '/',
  ].map((path) => at(path, path.endsWith('%') ? malformed : missing)),
  ...[
    '/docs/problems/..%2f..%2fpackage.json',
    '/docs/../../package.json',
    '/docs/%2e%2e/%2e%2e/package.json',
    '/docs/..%5c..%5cpackage.json',
    '/docs/%00',
    '/docs/problems/%3Cscript%3E',
  ].map((path): HttpCase => ({
    name: `path ${path}, read`,
    method: 'GET',
    path,
    headers: { 'content-type': null },
    ...missing,
  })),
  at('/%zz', malformed),
  at('/%c0%af', malformed),
  at(`${PATH}?check=maybe`, malformed),
  at(`${PATH}?check=only&check=only`, malformed),
  at(`${PATH}?__proto__[admin]=true&unknown=${CANARY}`, taken),
  at(`http://other.example${PATH}`, taken),
  // What is the same path in another spelling has the same rule.
  ...[
    PATH,
    `${PATH}?a=b`,
    `${PATH};a=b`,
    `http://other.example${PATH}`,
    PATH.replace('-', '%2d'),
    PATH.replace('health', '%68ealth'),
  ]
    .filter((path) => !path.includes(';'))
    .map(open),
  at(`${PATH};a=b`, missing),
  at(`/${'a'.repeat(20_000)}`, { status: 431, code: 'headers.too-large' }),
].map((one) => ({ ...one, ...(one.status === 431 && { unread: true }) }));

/** Cases without a token say so in their names. */
const raw = (
  name: string,
  wanted: { status: number; code?: string; unread?: true },
  ...bytes: (string | Buffer)[]
): HttpCase => ({ name, bytes, ...wanted, ...(name.endsWith('without a token') && { token: 'none' }) });
const JSON_LINE = 'content-type: application/json\r\n';
const CHUNKED = `$HEAD${JSON_LINE}transfer-encoding: chunked\r\n\r\n`;
const length = (text: string): string => `content-length: ${Buffer.byteLength(text)}\r\n`;
const message = json();
const chunk = (text: string, extension = ''): string =>
  `${Buffer.byteLength(text).toString(16)}${extension}\r\n${text}\r\n`;
const smuggled = 'GET /registry/v1/balance HTTP/1.1\r\nhost: x\r\n\r\n';

const HEADERS: readonly HttpCase[] = [
  {
    name: '100 headers',
    headers: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`x-${n}`, CANARY])),
    body: json(),
    ...taken,
  },
  { name: 'a header of 15 KB', headers: { 'x-long': 'x'.repeat(15_000) }, body: json(), ...taken },
  {
    name: 'a header of 20 KB',
    headers: { 'x-long': 'x'.repeat(20_000) },
    body: json(),
    status: 431,
    code: 'headers.too-large',
    unread: true,
  },
  {
    name: '3,000 headers',
    headers: Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x-${n}`, '1'])),
    body: json(),
    status: 431,
    code: 'headers.too-large',
    unread: true,
  },
  {
    name: 'a request id that is none',
    headers: { 'request-id': `${CANARY} 3174095208249001` },
    body: json(),
    ...taken,
  },
  { name: 'a traceparent that is none', headers: { traceparent: `00-${CANARY}-x-01` }, body: json(), ...taken },
  {
    name: 'languages without number',
    headers: { 'accept-language': `en;q=0.1,${'x;q=0,'.repeat(2_000)}` },
    body: json(),
    ...taken,
  },
  {
    name: 'an Idempotency-Key of 10,000 characters',
    headers: { 'idempotency-key': 'k'.repeat(10_000) },
    body: json(),
    ...taken,
  },
  {
    name: 'somebody else in front',
    headers: { 'x-forwarded-for': '127.0.0.1', 'x-original-url': '/registry/v1/balance', 'x-rewrite-url': '/' },
    body: json(),
    ...taken,
  },
  { name: 'an upgrade', headers: { upgrade: 'websocket', 'sec-websocket-key': 'x' }, body: json(), ...taken },
  { name: 'the same token twice', headers: { authorization: 'Bearer x' }, body: json(), ...malformed },
  { name: 'two hosts', headers: { host: 'other.example' }, body: json(), ...malformed },
  raw('no host', unread, `POST ${PATH} HTTP/1.1\r\n\r\n`),
  raw('a blank before the colon', unread, `$HEADx-a : b\r\n\r\n`),
  raw('a line that goes on in the next one', unread, `$HEADx-a: b\r\n c\r\n\r\n`),
  raw('a line without a colon', unread, `$HEAD${CANARY}\r\n\r\n`),
  raw('a NUL in a header', unread, `$HEADx-a: b\0c\r\n\r\n`),
  raw('a return in a header', unread, `$HEADx-a: b\rx-c: d\r\n\r\n`),
  raw('an expectation that is kept', taken, `$HEAD${JSON_LINE}${length(message)}expect: 100-continue\r\n\r\n`, message),
  raw(
    'an expectation that is none',
    taken,
    `$HEAD${JSON_LINE}${length(message)}expect: 200-maybe\r\n\r\n`,
    json().padEnd(message.length).slice(0, message.length),
  ),
];

const FRAMES: readonly HttpCase[] = [
  raw(
    'a length and chunks',
    unread,
    `$HEAD${JSON_LINE}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    smuggled,
  ),
  raw(
    'chunks and a length',
    unread,
    `$HEAD${JSON_LINE}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n`,
    smuggled,
  ),
  raw('two lengths', unread, `$HEAD${JSON_LINE}content-length: 2\r\ncontent-length: 3\r\n\r\n{} `),
  raw('two lengths in one line', unread, `$HEAD${JSON_LINE}content-length: 2, 2\r\n\r\n{}`),
  raw('a negative length', unread, `$HEAD${JSON_LINE}content-length: -1\r\n\r\n{}`),
  raw('a length with a plus', unread, `$HEAD${JSON_LINE}content-length: +2\r\n\r\n{}`),
  raw('a hexadecimal length', unread, `$HEAD${JSON_LINE}content-length: 0x2\r\n\r\n{}`),
  raw('a length beyond 64 bits', unread, `$HEAD${JSON_LINE}content-length: 99999999999999999999\r\n\r\n{}`),
  raw(
    '2 GB announced',
    { status: 413, code: 'body.too-large' },
    `$HEAD${JSON_LINE}content-length: 2147483648\r\n\r\n{`,
  ),
  raw('2 GB announced without a token', noToken, `$HEAD${JSON_LINE}content-length: 2147483648\r\n\r\n{`),
  raw('chunks that never come, without a token', noToken, `$HEAD${JSON_LINE}transfer-encoding: chunked\r\n\r\n`),
  {
    ...raw('receipts that never come, without a token', noToken, `$HEAD${JSON_LINE}content-length: 9\r\n\r\n`),
    path: '/registry/v1/receipts',
  },
  raw('another type, without a token', noToken, `$HEADcontent-type: text/plain\r\ncontent-length: 9\r\n\r\n`),
  raw(
    'an unknown transfer encoding',
    unread,
    `$HEAD${JSON_LINE}transfer-encoding: xchunked\r\n\r\n${chunk(message)}0\r\n\r\n`,
  ),
  raw(
    'a transfer encoding behind chunks',
    unread,
    `$HEAD${JSON_LINE}transfer-encoding: chunked, identity\r\n\r\n${chunk(message)}0\r\n\r\n`,
  ),
  raw(
    'chunks said with a tab before',
    taken,
    `$HEAD${JSON_LINE}transfer-encoding:\tchunked\r\n\r\n${chunk(json())}0\r\n\r\n`,
  ),
  raw('a chunk whose length is no number', unread, `${CHUNKED}zz\r\n${message}\r\n0\r\n\r\n`),
  raw('a chunk of negative length', unread, `${CHUNKED}-1\r\n${message}\r\n0\r\n\r\n`),
  raw('a chunk beyond 64 bits', unread, `${CHUNKED}fffffffffffffffff\r\n${message}`),
  raw('a chunk that is longer than it says', unread, `${CHUNKED}2\r\n${message}\r\n0\r\n\r\n`),
  raw('a chunk with an extension', taken, `${CHUNKED}${chunk(json(), ';a=b')}0\r\n\r\n`),
  raw('a chunk with an extension of 20 KB', unread, `${CHUNKED}${chunk(json(), `;a=${'b'.repeat(20_000)}`)}0\r\n\r\n`),
  raw('one byte per chunk', taken, `${CHUNKED}${[...json()].map((letter) => chunk(letter)).join('')}0\r\n\r\n`),
  raw('trailers', taken, `${CHUNKED}${chunk(json())}0\r\nauthorization: Bearer x\r\n\r\n`),
  raw(
    'trailers of 20 KB',
    { status: 431, code: 'headers.too-large', unread: true },
    `${CHUNKED}${chunk(json())}0\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
  ),
  raw('a version that is none', unread, `GET / HTTP/9.9\r\nhost: x\r\n\r\n`),
  raw('the first version', { ...missing, unread: true }, 'GET /\r\n\r\n'),
  raw('the second version', unread, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  raw('HTTP/1.0', { ...missing, unread: true }, 'GET / HTTP/1.0\r\n\r\n'),
  raw('TLS', unread, Buffer.from('16030100a5010000a10303', 'hex'), Buffer.alloc(154)),
  raw('SSH', unread, 'SSH-2.0-OpenSSH_9.9\r\n'),
  raw('a question of PostgreSQL', unread, Buffer.from('0000000804d2162f', 'hex')),
  raw('noise', unread, Buffer.from(Array.from({ length: 512 }, (_, n) => (n * 151 + 7) % 256))),
  {
    ...raw(
      'a sender that closes its half behind the body: it is gone',
      { status: 0 },
      `$HEAD${JSON_LINE}${length(message)}\r\n`,
      json().padEnd(message.length).slice(0, message.length),
    ),
    ends: true,
  },
  { ...raw('a sender that closes its half inside of the head', unread, '$HEAD'), ends: true },
  {
    ...raw('a sender that closes its half inside of the body', unread, `$HEAD${JSON_LINE}content-length: 100\r\n\r\n{`),
    ends: true,
  },
];

const late = { status: 408, code: 'request.timeout' } as const;
const STALLS: readonly HttpCase[] = [
  raw('a head that does not end', { ...late, unread: true }, '$HEAD'),
  {
    ...raw('a head that comes byte after byte', { ...late, unread: true }, '$HEADx: '),
    drip: { text: 'y', everyMs: 500 },
  },
  raw('a body that does not come', late, `$HEAD${JSON_LINE}content-length: 100\r\n\r\n`),
  raw('a body that does not end', late, `${CHUNKED}1\r\n{\r\n`),
  {
    ...raw('a body that comes byte after byte', late, `$HEAD${JSON_LINE}content-length: 100000\r\n\r\n`),
    drip: { text: ' ', everyMs: 500 },
  },
  {
    name: 'a line that does not end',
    bytes: [`$HEADcontent-type: application/x-ndjson\r\ncontent-length: 10000\r\n\r\n${json()}\n{`],
    status: 200,
    items: ['accepted', 'problem request.timeout'],
  },
  {
    name: 'lines that do not come',
    bytes: ['$HEADcontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n'],
    status: 200,
    items: ['problem request.timeout'],
  },
  { name: 'a connection that says nothing', bytes: [], status: 408, code: 'request.timeout', unread: true },
];

/** These take as long as the limits that they meet: they run beside all the others. */
export const SLOW: Theme = { theme: 'senders that are slow', cases: STALLS };

export const HTTP: readonly Theme[] = [
  { theme: 'content types', cases: TYPES },
  { theme: 'methods', cases: METHODS },
  { theme: 'paths', cases: PATHS },
  { theme: 'headers', cases: HEADERS },
  { theme: 'frames', cases: FRAMES },
];
