import { createPrivateKey, createPublicKey, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { RegistryPrivateKey } from '@simpul/identifiers';

interface WrappingKey {
  id: string;
  key: KeyObject;
}

/** All keys of an installation, the same for the same seed. For tests and demonstrations only. */
export interface TestKeys {
  recordId: Buffer;
  index: Buffer;
  pairwise: Buffer;
  wrapping: [WrappingKey, ...WrappingKey[]];
  opening: [RegistryPrivateKey, ...RegistryPrivateKey[]];
  /** Pseudonym key of a sector. */
  pseudonym(sector: string): Buffer;
}

export function testKeys(seed: string): TestKeys {
  const draw = (name: string): Buffer => hash('sha256', `simpul test key ${seed} ${name}`, 'buffer');
  return {
    recordId: draw('record id'),
    index: draw('index'),
    pairwise: draw('pairwise'),
    wrapping: [{ id: 'test-1', key: createSecretKey(draw('wrapping')) }],
    opening: [testRegistryKey(`test-${seed}`)],
    pseudonym: (sector) => draw(`pseudonym ${sector}`),
  };
}

/** A registry key drawn from its id. */
export function testRegistryKey(kid: string): RegistryPrivateKey {
  const secret = hash('sha256', `simpul test registry key ${kid}`, 'buffer');
  // PKCS #8 of an X25519 key (RFC 8410) is this prefix and the 32 bytes.
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { kid, privateKey, publicKey: createPublicKey(privateKey) };
}
