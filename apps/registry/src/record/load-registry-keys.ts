import { createSecretKey, hash } from 'node:crypto';
import { newRegistryKey, readPrivateJwks, toPrivateJwk } from '@simpul/identifiers';
import { developmentKey, keyBytes } from '@simpul/process';
import type { KeyEncryptionKey, RegistryKeys } from './registry-keys.js';

/** Paths of the key files. */
export interface KeyFiles {
  registryKeysFile: string;
  recordIdKeyFile: string;
  indexKeyFile: string;
  kekFile: string;
  pairwiseKeyFile: string;
}

/** Reads all keys. Outside production missing files are made; in production they are refused. */
export async function loadRegistryKeys(files: KeyFiles): Promise<RegistryKeys & { pairwise: Buffer }> {
  const jwks = await developmentKey(files.registryKeysFile, newKeySet);
  return {
    opening: readPrivateJwks(JSON.parse(jwks)),
    recordId: keyBytes(await developmentKey(files.recordIdKeyFile)),
    index: keyBytes(await developmentKey(files.indexKeyFile)),
    pairwise: keyBytes(await developmentKey(files.pairwiseKeyFile)),
    wrapping: readWrappingKeys(await developmentKey(files.kekFile)),
  };
}

const newKeySet = (): string =>
  JSON.stringify({ keys: [toPrivateJwk(newRegistryKey(`registry-${Date.now().toString(36)}`))] });

/** One key a line; its id is drawn from the key itself, so that lines may be moved. */
export function readWrappingKeys(text: string): RegistryKeys['wrapping'] {
  const keys = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): KeyEncryptionKey => {
      const bytes = keyBytes(line.trim());
      const id = hash('sha256', Buffer.concat([Buffer.from('simpul:kek:'), bytes]), 'hex').slice(0, 16);
      return { id, key: createSecretKey(bytes) };
    });
  const [first, ...others] = keys;
  if (!first) throw new Error('The file of key-encryption keys holds none');
  return [first, ...others];
}
