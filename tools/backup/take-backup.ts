import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { SCHEMA_VERSION, withConnection } from '@simpul/database';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';
import { type BackupNote, type NeededKeys, writeNote } from './backup-note.js';
import { takeBaseBackup } from './base-backup.js';
import { markState } from './state-mark.js';
import { assertArchiving, awaitArchived } from './wal-archive.js';

export interface BackupOptions {
  /** A login with the grants of the processes that may also replicate and make restore points. */
  url: string;
  /** Folder of all backups; each is a folder in it. */
  into: string;
  /** The archive as this computer sees it. */
  archive: string;
  keys: Pick<RegistryKeys, 'wrapping' | 'opening'>;
}

/** Takes a backup while the registry works on. It is there, under its name, only when it is whole. Returns its folder. */
export async function takeBackup({ url, into, archive, keys }: BackupOptions): Promise<string> {
  return withConnection(url, async (client) => {
    await assertArchiving(client);
    const takenAt = new Date().toISOString();
    const folder = join(into, takenAt.replaceAll(':', '').slice(0, 17) + 'Z');
    const draft = `${folder}.part`;
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const startsAt = await takeBaseBackup(url, draft);
    const mark = await markState(url, keys);
    await awaitArchived(client, archive, mark.segment);
    const note = {
      takenAt,
      startsAt,
      archive,
      mark,
      keys: await findNeededKeys(client, keys),
      ...(await describe(client)),
    };
    writeNote(draft, { ...note, schemaVersion: SCHEMA_VERSION });
    renameSync(draft, folder);
    return folder;
  });
}

async function describe(client: pg.Client): Promise<Pick<BackupNote, 'server' | 'user' | 'database'>> {
  const { rows } = await client.query<{ server: string; user: string; database: string }>(
    `SELECT current_setting('server_version') AS server, session_user AS "user", current_database() AS database`,
  );
  if (!rows[0]) throw new Error('The server does not say what it is');
  return rows[0];
}

async function findNeededKeys(client: pg.Client, { opening }: Pick<RegistryKeys, 'opening'>): Promise<NeededKeys> {
  const { rows } = await client.query<{ id: string }>('SELECT DISTINCT kek AS id FROM registry.record_key ORDER BY 1');
  return { kek: rows.map(({ id }) => id), registry: opening.map(({ kid }) => kid) };
}
