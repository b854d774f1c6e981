import { ProblemError } from '@simpul/contracts';
import { readStrictJson } from '@simpul/process';
import { LIMITS } from './limits.js';

export type JsonBody = { object: unknown } | { items: unknown[] };

const BRACKET = 0x5b;
const WHITE_SPACE = new Set([9, 10, 13, 32]);

/** One JSON object or array within its limits. Throws the 400 or 413 problem of the whole body. */
export function readJsonBody(bytes: Buffer): JsonBody {
  const isArray = bytes[bytes.findIndex((byte) => !WHITE_SPACE.has(byte))] === BRACKET;
  if (!isArray && bytes.length > LIMITS.objectBytes) throw new ProblemError('body.too-large');
  const value = readStrictJson(bytes);
  if (!Array.isArray(value)) {
    if (typeof value !== 'object' || value === null) throw new ProblemError('body.shape');
    return { object: value };
  }
  if (value.length > LIMITS.arrayItems) throw new ProblemError('body.too-many-items');
  return { items: value };
}
