import { type HttpCase, PATH } from './http-case.js';
import type { TokenSet } from './token-set.js';

export type Language = 'en' | 'id';

/** A case as the bytes that go over the wire. */
export function wireOf(one: HttpCase, tokens: TokenSet, language: Language): (string | Buffer)[] {
  const { method = 'POST', path = PATH } = one;
  const start = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-language: ${language}\r\n${tokenLine(one, tokens)}`;
  if (one.bytes) return one.bytes.map((piece) => (typeof piece === 'string' ? piece.replace('$HEAD', start) : piece));
  const body = typeof one.body === 'function' ? one.body() : one.body;
  const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return [`${start}${headerLines(one)}${length}\r\n`, body ?? ''];
}

function tokenLine({ token = 'good' }: HttpCase, tokens: TokenSet): string {
  const value = tokens[token];
  if (value === '') return '';
  return `authorization: ${value.startsWith('Bearer') ? value : `Bearer ${value}`}\r\n`;
}

function headerLines({ headers = {} }: HttpCase): string {
  const all = { 'content-type': 'application/json', ...headers };
  return Object.entries(all)
    .flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => `${name}: ${one}\r\n`)))
    .join('');
}
