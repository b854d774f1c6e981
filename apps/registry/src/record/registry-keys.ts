import type { KeyObject } from 'node:crypto';
import type { RegistryPrivateKey } from '@simpul/identifiers';

/** A key that wraps data keys; kept outside the database. */
export interface KeyEncryptionKey {
  id: string;
  /** Of 32 bytes; as an object, because it is used for every record: as bytes, wrapping and unwrapping took twice as long. */
  key: KeyObject;
}

/** All secrets of the registry, read once at start. */
export interface RegistryKeys {
  /** Makes record and person ids; never rotated. */
  recordId: Buffer;
  /** Makes blind indexes and business keys. */
  index: Buffer;
  /** The first wraps new data keys; the others only unwrap. */
  wrapping: [KeyEncryptionKey, ...KeyEncryptionKey[]];
  /** Open what adapters sealed; newest first. */
  opening: RegistryPrivateKey[];
}
