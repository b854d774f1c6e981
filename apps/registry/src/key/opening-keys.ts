import type { RegistryPublicKey } from '@simpul/identifiers';

/** The keys that this registry opens with, newest first. */
export class OpeningKeys {
  constructor(readonly newestFirst: readonly RegistryPublicKey[]) {}
}
