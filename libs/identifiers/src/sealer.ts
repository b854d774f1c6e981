import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { wrapKey } from './at-rest.js';
import { agreeKey, AGREEMENT, ENCRYPTION, publicPointOf, toPrivateKey } from './key-agreement.js';
import type { RegistryPublicKey } from './registry-key.js';
import { bindingOf, DATA_MEMBER } from './seal-binding.js';

export interface SealerOptions {
  /** The key to seal to now; asked for each message, so that a new first key of the set counts at once. */
  recipient: () => RegistryPublicKey;
  /** Only tests fix what is drawn: in this order ephemeral key (32 bytes), content key (32), then an iv (12) a message. */
  random?: (size: number) => Buffer;
  /** Milliseconds of a clock that never runs back. */
  now?: () => number;
  /** Messages under one content key. */
  maxUses?: number;
}

export interface Sealer {
  /**
   * `head` is the envelope without `data` as compact JSON, `payload` the JSON text to hide. Gives the whole message:
   * the head with `data`, a compact JWE that only the registry opens and that opens with this very head only.
   */
  seal(head: string, payload: string): string;
}

interface ContentKey {
  key: KeyObject;
  recipient: RegistryPublicKey;
  headerStart: string;
  wrapped: string;
  validUntil: number;
  usesLeft: number;
}

const HOUR_MS = 3_600_000;
// Random 96-bit ivs are safe for 2^32 messages under one key (NIST SP 800-38D, 8.3); this stays far below.
const MAX_USES = 2 ** 24;

/**
 * Seals for the registry. A content key is drawn at the first message and hourly, wrapped once, and the wrapped key is
 * repeated in each message; the sealer holds nothing that opens what an earlier content key closed.
 */
export function createSealer(options: SealerOptions): Sealer {
  const { recipient, random = randomBytes, now = () => performance.now(), maxUses = MAX_USES } = options;
  let current: ContentKey | undefined;
  const useContentKey = (): ContentKey => {
    const to = recipient();
    if (!current || current.recipient !== to || current.usesLeft === 0 || now() >= current.validUntil) {
      current = { ...drawContentKey(to, random), validUntil: now() + HOUR_MS, usesLeft: maxUses };
    }
    current.usesLeft -= 1;
    return current;
  };
  return {
    seal: (head, payload) => {
      if (!head.endsWith('}')) throw new Error('The head is not a JSON object');
      return `${head.slice(0, -1)}${DATA_MEMBER}${encrypt(useContentKey(), random(12), bindingOf(head), payload)}"}`;
    },
  };
}

function drawContentKey(
  recipient: RegistryPublicKey,
  random: (size: number) => Buffer,
): Omit<ContentKey, 'validUntil' | 'usesLeft'> {
  const ephemeral = toPrivateKey(random(32));
  const key = random(32);
  const epk = { kty: 'OKP', crv: 'X25519', x: publicPointOf(ephemeral) };
  const header = JSON.stringify({ alg: AGREEMENT, enc: ENCRYPTION, kid: recipient.kid, epk });
  return {
    key: createSecretKey(key),
    recipient,
    headerStart: header.slice(0, -1),
    wrapped: wrapKey(agreeKey(ephemeral, recipient.publicKey), key).toString('base64url'),
  };
}

function encrypt(contentKey: ContentKey, iv: Buffer, evt: string, payload: string): string {
  const header = Buffer.from(`${contentKey.headerStart},"evt":"${evt}"}`).toString('base64url');
  const cipher = createCipheriv('aes-256-gcm', contentKey.key, iv);
  cipher.setAAD(Buffer.from(header));
  const body = cipher.update(payload, 'utf8', 'base64url') + cipher.final('base64url');
  return [header, contentKey.wrapped, iv.toString('base64url'), body, cipher.getAuthTag().toString('base64url')].join(
    '.',
  );
}
