import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;

/**
 * HMAC-SHA-256 (RFC 2104) under one key, over the parts one after the other; strings as UTF-8. Gives 32 bytes.
 * Two one-shot hashes: the result of `createHmac` without building an object for each value. They are taken as text and
 * written into memory of the pool: a hash that comes as a buffer has memory of its own, which costs more than the hash.
 */
export function createHmac256(key: Buffer): (...parts: (string | Buffer)[]) => Buffer {
  const block = Buffer.alloc(BLOCK);
  (key.length > BLOCK ? hash('sha256', key, 'buffer') : key).copy(block);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST);
  outer.set(block.map((byte) => byte ^ 0x5c));
  return (...parts) => {
    outer.write(hash('sha256', joinAfter(inner, parts), 'binary'), BLOCK, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  };
}

function joinAfter(first: Uint8Array, parts: readonly (string | Buffer)[]): Buffer {
  let length = first.length;
  for (const part of parts) length += Buffer.byteLength(part);
  const joined = Buffer.allocUnsafe(length);
  joined.set(first);
  let at = first.length;
  for (const part of parts) at += typeof part === 'string' ? joined.write(part, at) : part.copy(joined, at);
  return joined;
}
