import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Half of a registry key (X25519) that adapters seal to. */
export interface RegistryPublicKey {
  kid: string;
  publicKey: KeyObject;
}

/** A registry key with its private half, which opens. */
export interface RegistryPrivateKey extends RegistryPublicKey {
  privateKey: KeyObject;
}

/** A registry key as a JSON Web Key (RFC 8037); `d` only in a private set. */
export interface RegistryJwk {
  kty: 'OKP';
  crv: 'X25519';
  use: 'enc';
  alg: 'ECDH-ES+A256KW';
  kid: string;
  x: string;
  d?: string;
}

const KID = /^[A-Za-z0-9._:-]{1,64}$/;
const THIRTY_TWO_BYTES = /^[A-Za-z0-9_-]{43}$/;

/** Whether a text can be the id of a registry key: 1–64 characters of `A–Z a–z 0–9 . _ : -`. */
export function isKid(kid: unknown): kid is string {
  return typeof kid === 'string' && KID.test(kid);
}

/** Draws a new key. Throws on an id that is not a key id. */
export function newRegistryKey(kid: string): RegistryPrivateKey {
  if (!isKid(kid)) throw new Error('Not a key id');
  return { kid, ...generateKeyPairSync('x25519') };
}

export function toPublicJwk(key: RegistryPublicKey): RegistryJwk {
  const { x = '' } = key.publicKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'X25519', use: 'enc', alg: 'ECDH-ES+A256KW', kid: key.kid, x };
}

/** The whole key, to be written to a file that only the registry reads. */
export function toPrivateJwk(key: RegistryPrivateKey): RegistryJwk {
  const { d = '' } = key.privateKey.export({ format: 'jwk' });
  return { ...toPublicJwk(key), d };
}

/**
 * Reads the registry's public key set (parsed JSON) in its order: adapters seal to the first. Throws when it is not a
 * set of X25519 keys with distinct ids, or gives a private half away.
 */
export function readPublicJwks(json: unknown): RegistryPublicKey[] {
  return readSet(json, (jwk) => {
    if (jwk.d !== undefined) throw new Error('The public key set contains a private key');
    return toPublicKey(jwk);
  });
}

/** Reads the registry's private key set (parsed JSON) in its order. Throws like `readPublicJwks`, and without `d`. */
export function readPrivateJwks(json: unknown): RegistryPrivateKey[] {
  return readSet(json, (jwk) => {
    const { kid, publicKey } = toPublicKey(jwk);
    const { x = '', d = '' } = jwk;
    if (!THIRTY_TWO_BYTES.test(d)) throw new Error(`Key ${kid} has no private half`);
    const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x, d }, format: 'jwk' });
    if (!createPublicKey(privateKey).equals(publicKey))
      throw new Error(`The halves of key ${kid} do not belong together`);
    return { kid, publicKey, privateKey };
  });
}

type LooseJwk = Partial<Record<keyof RegistryJwk, string>>;

function readSet<K extends RegistryPublicKey>(json: unknown, read: (jwk: LooseJwk) => K): K[] {
  const listed = typeof json === 'object' && json !== null && 'keys' in json ? json.keys : undefined;
  if (!Array.isArray(listed) || listed.length === 0) throw new Error('Not a set of keys: expected {"keys":[…]}');
  const keys = listed.map((jwk: unknown) => read(typeof jwk === 'object' && jwk !== null ? jwk : {}));
  if (new Set(keys.map((key) => key.kid)).size < keys.length) throw new Error('Two keys of the set have the same id');
  return keys;
}

function toPublicKey({ kty, crv, kid, x = '' }: LooseJwk): RegistryPublicKey {
  if (!isKid(kid)) throw new Error('A key of the set has no usable id');
  if (kty !== 'OKP' || crv !== 'X25519') throw new Error(`Key ${kid} is not an X25519 key`);
  if (!THIRTY_TWO_BYTES.test(x)) throw new Error(`Key ${kid} does not have 32 bytes`);
  return { kid, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' }) };
}
