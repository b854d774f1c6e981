import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes } from 'node:crypto';
import { openAtRest, sealAtRest, unwrapKey, wrapKey } from '@simpul/identifiers';
import type { KeyEncryptionKey } from './registry-keys.js';

/** Where a sealed part belongs; it opens nowhere else. */
export type PartPlace = [record: string, source: string, id: string, role: string] | [record: string, state: 'folded'];

/** Seals JSON under a record's data key. */
export function sealPart(key: KeyObject, place: PartPlace, plain: Buffer): Buffer {
  return sealAtRest(key, JSON.stringify(place), plain);
}

/** Throws when key, place or bytes are not those of `sealPart`. */
export function openPart(key: KeyObject, place: PartPlace, sealed: Buffer): Buffer {
  return openAtRest(key, JSON.stringify(place), sealed);
}

/** A new data key, to use and wrapped for the database. */
export function newDataKey(wrapping: KeyEncryptionKey): { key: KeyObject; wrapped: Buffer } {
  const bytes = randomBytes(32);
  return { key: createSecretKey(bytes), wrapped: wrapKey(wrapping.key, bytes) };
}

/** Throws when the key-encryption key is not among those given. */
export function unwrapDataKey(wrapped: Buffer, kek: string, keys: readonly KeyEncryptionKey[]): KeyObject {
  const wrapping = keys.find((key) => key.id === kek);
  if (!wrapping) throw new Error(`Key-encryption key ${kek} is not configured`);
  return unwrapKey(wrapping.key, wrapped);
}
