import { AGREEMENT, ENCRYPTION } from './key-agreement.js';
import { isKid } from './registry-key.js';

/** A compact JWE taken apart; `header`, `epk` and `wrapped` still as base64url text. */
export interface Seal {
  header: string;
  kid: string;
  epk: string;
  evt: string;
  wrapped: string;
  iv: Buffer;
  body: Buffer;
  tag: Buffer;
}

// Header, wrapped key (40 bytes), iv (12), cipher text, tag (16).
const COMPACT = /^([^.]{1,512})\.([^.]{54})\.([^.]{16})\.([^.]*)\.([^.]{22})$/;
const POINT = /^[A-Za-z0-9_-]{43}$/;
const EVT = /^[A-Za-z0-9_-]{22}$/;

/** Reads the compact form. `undefined` unless every part has its length, one spelling only, and the one header we write. */
export function readSeal(text: string): Seal | undefined {
  const match = COMPACT.exec(text);
  if (!match) return undefined;
  const [, header = '', wrapped = ''] = match;
  const [iv, body, tag] = match.slice(3).map(fromBase64url);
  const named = readHeader(header);
  return named && iv && body && tag ? { header, wrapped, ...named, iv, body, tag } : undefined;
}

/**
 * The bytes of base64url without padding. `undefined` for any other spelling: Node skips what it does not know, and a
 * second text with the same meaning would let a changed message pass for the original.
 */
export function fromBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

// Exact names and values: one algorithm, so that nothing can be chosen by the sender, and no member that would change how
// the rest is read (crit, zip, apu, apv).
function readHeader(text: string): { kid: string; epk: string; evt: string } | undefined {
  const header = parseObject(fromBase64url(text)?.toString());
  return header && hasExactly(header, ['alg', 'enc', 'kid', 'epk', 'evt']) ? readMembers(header) : undefined;
}

function readMembers(header: Record<string, unknown>): { kid: string; epk: string; evt: string } | undefined {
  if (header['alg'] !== AGREEMENT || header['enc'] !== ENCRYPTION) return undefined;
  const { kid, evt } = header;
  const epk = readPoint(header['epk']);
  return epk !== undefined && isKid(kid) && isText(evt, EVT) ? { kid, epk, evt } : undefined;
}

function readPoint(value: unknown): string | undefined {
  if (!isObject(value) || !hasExactly(value, ['kty', 'crv', 'x'])) return undefined;
  const { kty, crv, x } = value;
  return kty === 'OKP' && crv === 'X25519' && isText(x, POINT) ? x : undefined;
}

function hasExactly(value: Record<string, unknown>, names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
