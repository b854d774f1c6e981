import type { RegistryConfig } from '../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { stateHash } from '../../apps/registry/src/record/state-hash.store.js';
import { withDatabase } from '../with-database.js';

const LIMIT_MS = 600_000;

/** The state of the registry with this configuration as one number. */
export const readStateHash = (config: RegistryConfig): ReturnType<typeof stateHash> =>
  withDatabase({ url: config.databaseUrl, poolSize: 1, statementTimeoutMs: LIMIT_MS }, async (database) =>
    stateHash(database, await loadRegistryKeys(config)),
  );
