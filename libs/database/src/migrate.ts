import { DataSource } from 'typeorm';
import pg from 'pg';
import { type Migration, MIGRATIONS } from './migrations/index.js';
import { ensureMonths } from './months.js';
import { grantAppRole } from './roles.js';
import type { AppRole } from './roles.js';
import { findSchemaVersion, newestOf, noteCompatibility } from './schema-version.js';

// Any number that no other program on the same database takes.
const MIGRATION_LOCK = 5_310_741;

/**
 * Brings the database to this build's version as its owner; safe to run twice and at the same time. Returns the names of what ran. A database
 * that a newer build migrated is left as it is: its grants are for the newer tables.
 */
export async function migrate(
  ownerUrl: string,
  options: AppRole = {},
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  const lock = new pg.Client({ connectionString: ownerUrl });
  await lock.connect();
  const source = migrationSource(ownerUrl, migrations);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if ((await findSchemaVersion(lock)) > newestOf(migrations)) return [];
    await lock.query('CREATE SCHEMA IF NOT EXISTS operations');
    await source.initialize();
    const ran = await source.runMigrations({ transaction: 'each' });
    await noteCompatibility(lock, migrations);
    await ensureMonths(lock, new Date());
    await grantAppRole(lock, options);
    return ran.map((migration) => migration.name);
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.end();
  }
}

function migrationSource(url: string, migrations: readonly Migration[]): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema: 'operations',
    migrationsTableName: 'schema_migration',
    migrations: [...migrations],
    poolSize: 1,
  });
}
