import { hash } from 'node:crypto';

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no JSON form');
  return String(value);
}

function canonicalText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate has no canonical form');
  return JSON.stringify(value);
}

/** The names of members, which are the same in every message, as they are written. No more than this are kept. */
const names = new Map<string, string>();
const MOST_NAMES = 1_000;

function canonicalName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = `${canonicalText(name)}:`;
  if (names.size < MOST_NAMES) names.set(name, text);
  return text;
}

function canonicalObject(value: Record<string, unknown>): string {
  let out = '';
  // The default order of strings is that of UTF-16 units, which RFC 8785 asks for.
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${canonicalName(key)}${canonicalJson(member)}`;
  }
  return `{${out}}`;
}

/**
 * RFC 8785 (JCS) text of a JSON value. Members that are undefined are left out, as JSON does.
 * Throws TypeError for what JSON cannot hold: NaN, infinity, lone surrogates, functions, bigints, undefined as such.
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  throw new TypeError(`${typeof value} has no JSON form`);
}

/** What makes two messages the same: base64url SHA-256 of the canonical text, 43 characters. */
export const digestOf = (message: object): string => hash('sha256', canonicalJson(message), 'base64url');
