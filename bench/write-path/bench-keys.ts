import { join } from 'node:path';
import type { KeyFiles } from '../../apps/registry/src/record/load-registry-keys.js';
import { makeRunFolder } from '../../tools/installation/run-folder.js';

export type BenchKeyFiles = KeyFiles & { folder: string };

export const TIME_ZONE_OFFSET = '+07:00';

/** Places for the keys of a registry, in a folder of this run that the caller removes. They are made when they are first read. */
export function makeKeyFiles(): BenchKeyFiles {
  const folder = makeRunFolder('bench-lanes');
  return {
    folder,
    registryKeysFile: join(folder, 'registry.private.jwks.json'),
    recordIdKeyFile: join(folder, 'record-id.key'),
    indexKeyFile: join(folder, 'index.key'),
    kekFile: join(folder, 'kek.key'),
    pairwiseKeyFile: join(folder, 'pairwise.key'),
  };
}
