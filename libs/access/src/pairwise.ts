import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

export interface Pairwise {
  /** The id as this source sees it: 22 characters, base64url. */
  hide(source: string, id: string): string;
  /** The id behind what this source sent; undefined when it is not of that form. */
  reveal(source: string, token: string): string | undefined;
  /** An event as this source sees it: one event, one token per source. */
  hideEvent(source: string, eventSource: string, eventId: string): string;
}

/** Ids differ per source, so that two agencies cannot join their extracts. The key must never change. */
export function createPairwise(key: Buffer): Pairwise {
  if (key.length !== 32) throw new Error('The pairwise key must have 32 bytes');
  const eventKey = hmac(key, 'simpul:event');
  const sourceKeys = new Map<string, Buffer>();
  const keyOf = (source: string): Buffer => {
    const known = sourceKeys.get(source);
    if (known) return known;
    const derived = hmac(key, `simpul:source:${source}`);
    sourceKeys.set(source, derived);
    return derived;
  };
  return {
    hide: (source, id) => encrypt(keyOf(source), bytesOf(id)),
    reveal: (source, token) => (isToken(token) ? decrypt(keyOf(source), token) : undefined),
    hideEvent: (source, eventSource, eventId) =>
      encrypt(keyOf(source), hmac(eventKey, JSON.stringify([eventSource, eventId])).subarray(0, 16)),
  };
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** One spelling per token: the last character carries only two bits. */
const isToken = (token: string): boolean =>
  TOKEN.test(token) && Buffer.from(token, 'base64url').toString('base64url') === token;

/** ECB is right here: one block, and equal ids must give equal tokens. */
function encrypt(key: Buffer, block: Buffer): string {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
}

function decrypt(key: Buffer, token: string): string {
  const cipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const hex = Buffer.concat([cipher.update(Buffer.from(token, 'base64url')), cipher.final()]).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function bytesOf(id: string): Buffer {
  if (!UUID.test(id)) throw new Error('Only a lower-case UUID can be hidden');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
