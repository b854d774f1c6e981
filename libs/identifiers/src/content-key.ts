import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { unwrapKey } from './at-rest.js';
import { agreeKey } from './key-agreement.js';
import type { RegistryPrivateKey } from './registry-key.js';
import { fromBase64url } from './seal-text.js';
import type { Seal } from './seal-text.js';

export interface ContentKeys {
  /** `unknown`: no registry key of that id is here. `undefined`: the wrapped key does not open. */
  find(seal: Pick<Seal, 'kid' | 'epk' | 'wrapped'>): KeyObject | 'unknown' | undefined;
}

// One key per adapter process and hour: this is more than are alive at once, even when the whole log is read again.
const KEPT = 4_096;

/** Unwraps content keys, and keeps the most recently used: an agreement costs more than opening a message. */
export function createContentKeys(keys: readonly RegistryPrivateKey[], kept = KEPT): ContentKeys {
  const privateKeys = new Map(keys.map((key) => [key.kid, key.privateKey]));
  const known = new Map<string, KeyObject>();
  let last: { name: string; key: KeyObject } | undefined;
  const keep = (name: string, key: KeyObject): KeyObject => {
    known.delete(name);
    known.set(name, key);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
    last = { name, key };
    return key;
  };
  return {
    find: ({ kid, epk, wrapped }) => {
      const privateKey = privateKeys.get(kid);
      if (!privateKey) return 'unknown';
      const name = `${kid} ${epk} ${wrapped}`;
      if (last?.name === name) return last.key;
      const key = known.get(name) ?? unwrap(privateKey, epk, wrapped);
      return key && keep(name, key);
    },
  };
}

function unwrap(privateKey: KeyObject, x: string, wrapped: string): KeyObject | undefined {
  const bytes = fromBase64url(wrapped);
  if (!bytes || !fromBase64url(x)) return undefined;
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
    return unwrapKey(agreeKey(privateKey, publicKey), bytes);
  } catch {
    // A point without a secret, or a key wrapped for someone else: the message is at fault, not this process.
    return undefined;
  }
}
