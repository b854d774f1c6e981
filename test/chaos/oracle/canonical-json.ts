import { createHash } from 'node:crypto';

/** JSON in the canonical form of RFC 8785: members sorted by UTF-16 units, no white space, undefined members left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** base64url SHA-256 of the canonical form: what makes two messages the same. */
export const digestOf = (message: object): string =>
  createHash('sha256').update(canonicalJson(message)).digest('base64url');
