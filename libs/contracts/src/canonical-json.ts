import { hash } from 'node:crypto';

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no JSON form');
  return JSON.stringify(value);
}

function canonicalText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate has no canonical form');
  return JSON.stringify(value);
}

function canonicalObject(value: Record<string, unknown>): string {
  let out = '';
  // The default order of strings is that of UTF-16 units, which RFC 8785 asks for.
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${canonicalText(key)}:${canonicalJson(member)}`;
  }
  return `{${out}}`;
}

/**
 * RFC 8785 (JCS) text of a JSON value. Members that are undefined are left out, as JSON does.
 * Throws TypeError for what JSON cannot hold: NaN, infinity, lone surrogates, functions, bigints, undefined as such.
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return canonicalText(value);
    case 'number':
      return canonicalNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return Array.isArray(value)
        ? `[${value.map(canonicalJson).join(',')}]`
        : canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`${typeof value} has no JSON form`);
  }
}

/** What makes two messages the same: base64url SHA-256 of the canonical text, 43 characters. */
export const digestOf = (message: object): string => hash('sha256', canonicalJson(message), 'base64url');
