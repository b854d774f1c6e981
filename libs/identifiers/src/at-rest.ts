import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const IV = 12;
const TAG = 16;
const KEY = 32;
const WRAP_IV = Buffer.alloc(8, 0xa6);
const IVS_AT_ONCE = 341;

let pool = Buffer.alloc(0);

/**
 * Encrypts with AES-256-GCM: 12 random bytes, cipher text, 16 bytes of tag. `aad` names the place where it is kept and
 * must be the same to open it. Give the key as a KeyObject where it is used often: it saves 8 µs each time.
 */
export function sealAtRest(dataKey: KeyObject | Buffer, aad: string | Buffer, plain: Buffer): Buffer {
  const iv = drawIv();
  const cipher = createCipheriv('aes-256-gcm', dataKey, iv);
  cipher.setAAD(toBytes(aad));
  const body = cipher.update(plain);
  cipher.final();
  const sealed = Buffer.allocUnsafe(IV + body.length + TAG);
  sealed.set(iv);
  sealed.set(body, IV);
  sealed.set(cipher.getAuthTag(), IV + body.length);
  return sealed;
}

/** Opens what `sealAtRest` made. Throws when the key, the place or a single bit is another one. */
export function openAtRest(dataKey: KeyObject | Buffer, aad: string | Buffer, sealed: Buffer): Buffer {
  if (sealed.length < IV + TAG) throw new Error('Sealed bytes are too short');
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, IV), { authTagLength: TAG });
    decipher.setAAD(toBytes(aad));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    const plain = decipher.update(sealed.subarray(IV, sealed.length - TAG));
    decipher.final();
    return plain;
  } catch (cause) {
    throw new Error('Sealed bytes do not open with this key in this place', { cause });
  }
}

/** Wraps a 32-byte data key with a 32-byte key-encryption key (AES Key Wrap, RFC 3394): 40 bytes. */
export function wrapKey(keyEncryptionKey: KeyObject | Buffer, dataKey: Buffer): Buffer {
  if (dataKey.length !== KEY) throw new Error('A data key has 32 bytes');
  const cipher = createCipheriv('id-aes256-wrap', keyEncryptionKey, WRAP_IV);
  return Buffer.concat([cipher.update(dataKey), cipher.final()]);
}

/** Opens a wrapped data key. Throws when it was wrapped with another key or changed. */
export function unwrapKey(keyEncryptionKey: KeyObject | Buffer, wrapped: Buffer): KeyObject {
  if (wrapped.length !== KEY + 8) throw new Error('A wrapped data key has 40 bytes');
  try {
    const decipher = createDecipheriv('id-aes256-wrap', keyEncryptionKey, WRAP_IV);
    return createSecretKey(Buffer.concat([decipher.update(wrapped), decipher.final()]));
  } catch (cause) {
    throw new Error('The wrapped data key does not open with this key-encryption key', { cause });
  }
}

// Drawn many at a time: a call to the system's generator costs as much as the encryption of a small value. Each piece is
// handed out once; the spent pool is left to those who still hold a piece of it.
function drawIv(): Buffer {
  if (pool.length === 0) pool = randomFillSync(Buffer.allocUnsafeSlow(IV * IVS_AT_ONCE));
  const iv = pool.subarray(0, IV);
  pool = pool.subarray(IV);
  return iv;
}

function toBytes(aad: string | Buffer): Buffer {
  return typeof aad === 'string' ? Buffer.from(aad) : aad;
}
