import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { SECTORS } from './forms.js';

/** The keys of one installation, drawn from the start number: two runs with the same one make the same record ids. */
export interface Keys {
  /** Names of environment variables → paths. */
  files: Record<string, string>;
  /** Path of the registry's public key set. */
  publicSet: string;
  recordId: Buffer;
  wrapping: Buffer;
  /** Opens what adapters sealed. */
  registry: JWK;
}

export function writeKeys(folder: string, seed: number): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draw = (name: string): Buffer => createHash('sha256').update(`simpul chaos ${seed} ${name}`).digest();
  const keep = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `${text}\n`, { mode: 0o600 });
    return path;
  };
  const symmetric = (name: string): string => keep(`${name}.key`, draw(name).toString('base64url'));
  const registry = registryKey(draw('registry'), `chaos-${seed}`);
  const { d: _d, ...publicHalf } = registry;
  const ofSectors = SECTORS.map((sector) => [
    `PSEUDONYM_KEY_FILE_${sector.toUpperCase()}`,
    symmetric(`pseudonym-${sector}`),
  ]);
  return {
    files: {
      RECORD_ID_KEY_FILE: symmetric('record-id'),
      INDEX_KEY_FILE: symmetric('index'),
      PAIRWISE_KEY_FILE: symmetric('pairwise'),
      KEK_FILE: symmetric('wrapping'),
      REGISTRY_KEYS_FILE: keep('registry.private.jwks.json', JSON.stringify({ keys: [registry] })),
      ISSUER_KEYS_FILE: join(folder, 'issuer.jwks'),
      ...Object.fromEntries(ofSectors),
    },
    publicSet: keep('registry.jwks.json', JSON.stringify({ keys: [publicHalf] })),
    recordId: draw('record-id'),
    wrapping: draw('wrapping'),
    registry,
  };
}

function registryKey(secret: Buffer, kid: string): JWK {
  // PKCS #8 of an X25519 key (RFC 8410) is this prefix and the 32 bytes.
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const d = secret.toString('base64url');
  return { kty: 'OKP', crv: 'X25519', use: 'enc', alg: 'ECDH-ES+A256KW', kid, x, d };
}
