import { createHmac256 } from './hmac.js';

const macs = new WeakMap<Buffer, ReturnType<typeof createHmac256>>();

/**
 * The subject's name on the log and the Kafka key: base64url of HMAC-SHA-256 of its strongest identifier under the
 * sector's key (43 characters). For partitioning and order only, so that keys can be changed.
 */
export function pseudonym(key: Buffer, identifier: string): string {
  let mac = macs.get(key);
  if (!mac) {
    mac = createHmac256(key);
    macs.set(key, mac);
  }
  return mac(identifier).toString('base64url');
}
