import type { Client } from 'pg';
import type { Database } from './database.js';
import { type Migration, MIGRATIONS, versionOf } from './migrations/index.js';

/** The version that this build needs: number of its last migration. */
export const SCHEMA_VERSION = newestOf(MIGRATIONS);

export function newestOf(migrations: readonly Migration[]): number {
  return Math.max(...migrations.map(versionOf));
}

/**
 * Throws unless this build runs on the database: it must not be older than the build needs, and every migration that the build does not
 * know must say that such builds may run on what it leaves. Processes call it at start.
 */
export async function assertSchemaVersion(database: Database, needed = SCHEMA_VERSION): Promise<void> {
  const version = await findSchemaVersion(database.pool);
  if (version < needed)
    throw new Error(`The database has schema version ${version}, this build needs ${needed}: run "npm run db:migrate"`);
  const oldest = version === needed ? needed : await findOldestBuild(database, needed);
  if (oldest > needed)
    throw new Error(
      `The database has schema version ${version}, which builds below ${oldest} cannot use; this one is ${needed}: start a newer release`,
    );
}

/** 0 where nothing was ever migrated. */
export async function findSchemaVersion(connection: Pick<Client, 'query'>): Promise<number> {
  const table = await connection.query<{ there: boolean }>(
    `SELECT to_regclass('operations.schema_migration') IS NOT NULL AS there`,
  );
  if (!table.rows[0]?.there) return 0;
  const { rows } = await connection.query<{ version: number }>(
    'SELECT coalesce(max(timestamp), 0)::int AS version FROM operations.schema_migration',
  );
  return rows[0]?.version ?? 0;
}

/** The least build that all migrations above `build` allow. */
async function findOldestBuild(database: Database, build: number): Promise<number> {
  const { rows } = await database.pool.query<{ oldest: number }>(
    `SELECT max(coalesce(c.oldest_build, m.timestamp))::int AS oldest FROM operations.schema_migration m
     LEFT JOIN operations.schema_compatibility c ON c.version = m.timestamp WHERE m.timestamp > $1`,
    [build],
  );
  return rows[0]?.oldest ?? build;
}

/** Writes down what the migrations say of older builds. Until then a new migration is for its own build alone. */
export async function noteCompatibility(client: Client, migrations: readonly Migration[]): Promise<void> {
  const known = migrations.flatMap((migration) =>
    migration.oldestBuild === undefined ? [] : [{ version: versionOf(migration), oldest: migration.oldestBuild }],
  );
  await client.query(
    `INSERT INTO operations.schema_compatibility (version, oldest_build)
     SELECT version, oldest FROM unnest($1::integer[], $2::integer[]) AS known (version, oldest)
     ON CONFLICT (version) DO UPDATE SET oldest_build = excluded.oldest_build`,
    [known.map(({ version }) => version), known.map(({ oldest }) => oldest)],
  );
}
