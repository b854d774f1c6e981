import 'reflect-metadata';
import { assertSchemaVersion, Database } from '@simpul/database';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { stateHash } from '../../apps/registry/src/record/state-hash.store.js';
import { tellFailure } from '../tell-failure.js';

async function main(): Promise<void> {
  const config = loadConfig(RegistryConfig);
  const database = new Database({ url: config.databaseUrl, poolSize: 1, statementTimeoutMs: 600_000 });
  try {
    await assertSchemaVersion(database);
    const { hash, records, revisions } = await stateHash(database, await loadRegistryKeys(config));
    console.log(`${hash}  ${records} records, ${revisions} revisions`);
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  tellFailure(error);
}
