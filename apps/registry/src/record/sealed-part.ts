import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyEncryptionKey } from './registry-keys.js';

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM; nonce, ciphertext, tag in one piece. `context` is bound to it: it opens only where it was put. */
export function sealPart(key: Buffer, context: readonly string[], plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(toAad(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when key, context or bytes are not those of `sealPart`. */
export function openPart(key: Buffer, context: readonly string[], sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE));
  decipher.setAAD(toAad(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]);
}

/** A new data key of a record, plain and wrapped. */
export function newDataKey(record: string, wrapping: KeyEncryptionKey): { plain: Buffer; wrapped: Buffer } {
  const plain = randomBytes(32);
  return { plain, wrapped: sealPart(wrapping.key, [record], plain) };
}

/** Throws when the key-encryption key is not among those given. */
export function unwrapDataKey(record: string, wrapped: Buffer, kek: string, keys: readonly KeyEncryptionKey[]): Buffer {
  const wrapping = keys.find((key) => key.id === kek);
  if (!wrapping) throw new Error(`Key-encryption key ${kek} is not configured`);
  return openPart(wrapping.key, [record], wrapped);
}

/** Parts are joined as a JSON array, so that no two lists give the same bytes. */
function toAad(context: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(context));
}
