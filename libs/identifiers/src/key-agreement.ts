import { createHash, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export const AGREEMENT = 'ECDH-ES+A256KW';
export const ENCRYPTION = 'A256GCM';

const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const DERIVATION = derivationInfo();

/**
 * The 32-byte key that wraps the content key: X25519, then one round of the Concat KDF (RFC 7518, 4.6.2) without party
 * information. Throws when the other side's point gives no secret.
 */
export function agreeKey(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  return createHash('sha256')
    .update(Buffer.from([0, 0, 0, 1]))
    .update(secret)
    .update(DERIVATION)
    .digest();
}

/** A private X25519 key of 32 given bytes. */
export function toPrivateKey(bytes: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_X25519, bytes]), format: 'der', type: 'pkcs8' });
}

/** `x` of the JSON Web Key of the public half. */
export function publicPointOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
}

// AlgorithmID, PartyUInfo, PartyVInfo (each with its length before it), SuppPubInfo = bits of the key.
function derivationInfo(): Buffer {
  const name = Buffer.from(AGREEMENT);
  const info = Buffer.alloc(4 + name.length + 12);
  info.writeUInt32BE(name.length, 0);
  name.copy(info, 4);
  info.writeUInt32BE(256, info.length - 4);
  return info;
}
