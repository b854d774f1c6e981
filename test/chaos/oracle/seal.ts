import { createDecipheriv, createHash } from 'node:crypto';
import { compactDecrypt, importJWK, type JWK } from 'jose';

const IV = 12;
const TAG = 16;

/** Id of a key-encryption key, drawn from the key itself. */
export const wrappingKeyId = (key: Buffer): string =>
  createHash('sha256').update('simpul:kek:').update(key).digest('hex').slice(0, 16);

/** Opens what is encrypted at rest: 12 bytes of nonce, AES-256-GCM, 16 bytes of tag, under a key wrapped by RFC 3394. */
export function openAtRest(wrapping: Buffer, wrapped: Buffer, aad: string, sealed: Buffer): Buffer {
  const unwrap = createDecipheriv('id-aes256-wrap', wrapping, Buffer.alloc(8, 0xa6));
  const key = Buffer.concat([unwrap.update(wrapped), unwrap.final()]);
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV));
  cipher.setAAD(Buffer.from(aad));
  cipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([cipher.update(sealed.subarray(IV, -TAG)), cipher.final()]);
}

/** What a message on the topic says of itself, and its digest if the seal opens. */
export interface OpenedMessage {
  source: string;
  id: string;
  digest?: string;
}

/** Undefined for what is no event at all. */
export async function openMessage(value: Buffer | null, registry: JWK): Promise<OpenedMessage | undefined> {
  const envelope = parse(value);
  const { source, id, data } = envelope ?? {};
  if (typeof source !== 'string' || typeof id !== 'string') return undefined;
  const named = { source: source.replace('urn:simpul:source:', ''), id };
  if (typeof data !== 'string') return named;
  try {
    const { plaintext } = await compactDecrypt(data, await importJWK(registry, 'ECDH-ES+A256KW'));
    const { digest } = JSON.parse(Buffer.from(plaintext).toString()) as { digest?: string };
    return digest === undefined ? named : { ...named, digest };
  } catch {
    return named; // a broken seal proves no content
  }
}

function parse(value: Buffer | null): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value?.toString() ?? '');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
