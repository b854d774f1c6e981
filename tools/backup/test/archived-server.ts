import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, migrate } from '@simpul/database';
import type { TestDatabase } from '@simpul/testing';
import { ownDatabase } from '../../local/own-database.mjs';
import { startPostgres } from '../../local/servers.mjs';

/** A server of a spec's own that archives its WAL, with a migrated database. */
export interface ArchivedServer extends TestDatabase {
  /** The login of backups, with no more rights than the how-to names. */
  backupUrl: string;
  /** Everything of the spec; goes away at the end. */
  folder: string;
  archive: string;
}

export async function startArchivedServer(): Promise<ArchivedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'simpul-backup-spec-'));
  chmodSync(folder, 0o755);
  const archive = join(folder, 'archive');
  const server = await startPostgres({ durable: false, archive });
  const { databaseUrl: url, databaseOwnerUrl: ownerUrl } = await ownDatabase(server.databaseUrl);
  await migrate(ownerUrl);
  const database = new Database({ url, statementTimeoutMs: 30_000 });
  const owner = new Database({ url: ownerUrl, poolSize: 2 });
  await owner.pool.query(`CREATE ROLE simpul_backup LOGIN REPLICATION IN ROLE simpul_app;
    GRANT EXECUTE ON FUNCTION pg_create_restore_point(text), pg_switch_wal() TO simpul_backup`);
  const backupUrl = ownerUrl.replace('postgres@', 'simpul_backup@');
  const drop = async () => {
    await database.close();
    await owner.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, backupUrl, database, owner, folder, archive, drop };
}
