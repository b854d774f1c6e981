import 'reflect-metadata';
import { Database } from '@simpul/database';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { stateHash } from '../../apps/registry/src/record/state-hash.store.js';

const config = loadConfig(RegistryConfig);
const database = new Database({ url: config.databaseUrl, poolSize: 1, statementTimeoutMs: 600_000 });
try {
  const { hash, records, revisions } = await stateHash(database, await loadRegistryKeys(config));
  console.log(`${hash}  ${records} records, ${revisions} revisions`);
} finally {
  await database.close();
}
