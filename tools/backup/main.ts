import 'reflect-metadata';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { tellFailure } from '../tell-failure.js';
import { readNote } from './backup-note.js';
import { takeBackup } from './take-backup.js';

const USAGE = `npm run backup -- [--to <folder>] [--archive <folder>]

Copies the whole PostgreSQL server of DATABASE_BACKUP_URL (default DATABASE_OWNER_URL), while it works, into a new folder below <folder> (default
.simpul/backups), and notes the state hash that a restore must show again. The login has the grants of the processes' role, REPLICATION, and
EXECUTE on pg_create_restore_point and pg_switch_wal.
--archive  where this computer sees the WAL archive of the server; default WAL_ARCHIVE, else the one of "npm run local -- up --archive <folder>".
The key files are not in it. Keep them apart, and this folder and the archive on another computer than the server.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, archive: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(USAGE);
  const { DATABASE_BACKUP_URL, DATABASE_OWNER_URL, WAL_ARCHIVE: known } = process.env;
  const url = DATABASE_BACKUP_URL ?? DATABASE_OWNER_URL;
  const archive = values.archive ?? known;
  if (!url) throw new Error(`Neither DATABASE_BACKUP_URL nor DATABASE_OWNER_URL is set.\n\n${USAGE}`);
  if (!archive) throw new Error(`Where is the WAL archive? Name it with --archive or WAL_ARCHIVE.\n\n${USAGE}`);
  const keys = await loadRegistryKeys(loadConfig(RegistryConfig));
  const into = resolve(values.to ?? join('.simpul', 'backups'));
  const began = performance.now();
  const folder = await takeBackup({ url, into, archive: resolve(archive), keys });
  const { mark, keys: needed } = readNote(folder);
  console.log(`${folder}
${mark.hash}  ${mark.records} records, ${mark.revisions} revisions, in ${((performance.now() - began) / 1_000).toFixed(1)} s
Needs, and does not hold: key-encryption keys ${needed.kek.join(', ') || '(none yet)'}; registry keys ${needed.registry.join(', ')};
and the files RECORD_ID_KEY_FILE, INDEX_KEY_FILE and PAIRWISE_KEY_FILE.
Try it: npm run restore -- --verify --from ${folder}`);
}

try {
  await main();
} catch (error) {
  tellFailure(error);
}
