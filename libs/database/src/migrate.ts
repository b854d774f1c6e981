import { DataSource } from 'typeorm';
import pg from 'pg';
import type { Database } from './database.js';
import { MIGRATIONS } from './migrations/index.js';
import { addMonths, grantAppRole } from './roles.js';
import type { AppRole } from './roles.js';

// Any number that no other program on the same database takes.
const MIGRATION_LOCK = 5_310_741;

/** The version that this build needs: number of its last migration. */
export const SCHEMA_VERSION = Math.max(...MIGRATIONS.map(({ name }) => Number(name.slice(-13))));

/** Brings the database to this build's version as its owner; safe to run twice and at the same time. Returns the names of what ran. */
export async function migrate(ownerUrl: string, options: AppRole = {}): Promise<string[]> {
  const lock = new pg.Client({ connectionString: ownerUrl });
  await lock.connect();
  const source = migrationSource(ownerUrl);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await lock.query('CREATE SCHEMA IF NOT EXISTS operations');
    await source.initialize();
    const ran = await source.runMigrations({ transaction: 'each' });
    await addMonths(lock, new Date());
    await grantAppRole(lock, options);
    return ran.map((migration) => migration.name);
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.end();
  }
}

/** Throws unless the database has exactly the version that this build needs. Processes call it at start. */
export async function assertSchemaVersion(database: Database): Promise<void> {
  const version = await findSchemaVersion(database);
  if (version === SCHEMA_VERSION) return;
  throw new Error(
    `The database has schema version ${version}, this build needs ${SCHEMA_VERSION}: run "npm run db:migrate"`,
  );
}

async function findSchemaVersion(database: Database): Promise<number> {
  const table = await database.pool.query<{ there: boolean }>(
    `SELECT to_regclass('operations.schema_migration') IS NOT NULL AS there`,
  );
  if (!table.rows[0]?.there) return 0;
  const { rows } = await database.pool.query<{ version: number }>(
    'SELECT coalesce(max(timestamp), 0)::int AS version FROM operations.schema_migration',
  );
  return rows[0]?.version ?? 0;
}

function migrationSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema: 'operations',
    migrationsTableName: 'schema_migration',
    migrations: MIGRATIONS,
    poolSize: 1,
  });
}
