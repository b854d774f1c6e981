import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const ARCHIVED_WITHIN_MS = 60_000;

/** Throws where this server keeps no archive: without it a backup is worth its own moment only. */
export async function assertArchiving(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ mode: string }>(`SELECT current_setting('archive_mode') AS mode`);
  if (rows[0]?.mode !== 'off') return;
  throw new Error(
    'The server archives no WAL (archive_mode is off). For the servers of this computer: npm run local -- up --archive <folder>',
  );
}

/** Ends the present WAL segment and waits until the archive has the one that is needed. */
export async function awaitArchived(client: pg.Client, folder: string, segment: string): Promise<void> {
  await client.query('SELECT pg_switch_wal()');
  for (const end = Date.now() + ARCHIVED_WITHIN_MS; Date.now() < end; await delay(100)) {
    if (existsSync(join(folder, segment))) return;
  }
  const { rows } = await client.query<{ wal: string | null }>('SELECT last_failed_wal AS wal FROM pg_stat_archiver');
  const failed = rows[0]?.wal ? `; the archiver failed last with ${rows[0].wal}` : '';
  throw new Error(
    `${segment} is not in the archive ${folder} after ${ARCHIVED_WITHIN_MS / 1_000} s${failed}. Is this the folder that the server archives to?`,
  );
}
