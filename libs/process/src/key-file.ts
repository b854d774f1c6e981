import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isProduction } from './load-config.js';
import { isError } from './is-error.js';

/**
 * The text of a key file. Outside production a missing one is made (mode 0600) from `make`, by default 32 random bytes in
 * base64url; in production a missing file is an error. Processes that start together end with the same key.
 */
export async function developmentKey(path: string, make: () => string | Promise<string> = newKey): Promise<string> {
  const found = findKey(path);
  if (found !== undefined) return found;
  if (isProduction())
    throw new Error(`The key file ${path} is missing. In production keys are never made by themselves`);
  const draft = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(draft, `${await make()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, and the first process wins.
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  const made = findKey(path);
  if (made === undefined) throw new Error(`The key file ${path} is gone again`);
  return made;
}

/** The 32 bytes of a symmetric key from the text of its file: base64url or 64 hexadecimal digits. */
export function keyBytes(text: string): Buffer {
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64url');
  if (bytes.length !== 32) throw new Error('A symmetric key must have 32 bytes');
  return bytes;
}

const newKey = (): string => randomBytes(32).toString('base64url');

function findKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new Error(`The key file ${path} cannot be read`, { cause: error });
  }
}

const hasCode = (error: unknown, code: string): boolean => isError(error) && 'code' in error && error.code === code;
