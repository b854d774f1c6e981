import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { readNote } from '../backup/backup-note.js';
import { reachable } from '../local/places.mjs';
import { tellFailure } from '../tell-failure.js';
import { restoreForUse, type RestoreSource } from './restore.js';
import { type Verdict, verifyBackup } from './verify.js';

const USAGE = `npm run restore -- --verify [--live] [--from <backup>] [--archive <folder>]
npm run restore -- --to <data folder> [--from <backup>] [--archive <folder>]

--verify   restores into a server of its own that goes away again, and compares the state hash with the one noted in the backup.
           With --live it marks the running database (DATABASE_BACKUP_URL, DATABASE_OWNER_URL) and compares with its state at this moment.
--to       restores into a new data folder, with everything that the archive holds. Start PostgreSQL of the same major version on it.
--from     folder of a backup; default the newest in .simpul/backups
--archive  folder of the WAL archive; default the one noted in the backup
Ends with 0 when it holds, 1 when the restored state is another or does not come about, 2 when it cannot be tried.`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      verify: { type: 'boolean' },
      live: { type: 'boolean' },
      to: { type: 'string' },
      from: { type: 'string' },
      archive: { type: 'string' },
    },
  });
  if ((values.verify === true) === (values.to !== undefined) || (values.live && !values.verify)) throw new Error(USAGE);
  return values;
}

function newestBackup(): string {
  const folder = join('.simpul', 'backups');
  const newest = readdirSync(folder)
    .filter((name) => /^\d{4}-.*Z$/u.test(name))
    .toSorted()
    .at(-1);
  if (newest === undefined) throw new Error(`There is no backup in ${folder}: name one with --from`);
  return join(folder, newest);
}

async function main(): Promise<number> {
  const values = readOptions();
  const backup = resolve(values.from ?? newestBackup());
  const note = readNote(backup);
  const source = { backup, note, archive: resolve(values.archive ?? note.archive) };
  const began = performance.now();
  const passed =
    values.to === undefined ? await verify(source, values.live === true) : await restore(source, values.to);
  console.log(`It took ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return passed ? 0 : 1;
}

async function verify(source: RestoreSource, live: boolean): Promise<boolean> {
  const { DATABASE_BACKUP_URL, DATABASE_OWNER_URL } = process.env;
  const liveUrl = live ? (DATABASE_BACKUP_URL ?? DATABASE_OWNER_URL) : undefined;
  if (live && !liveUrl) throw new Error('Neither DATABASE_BACKUP_URL nor DATABASE_OWNER_URL is set');
  const keys = await loadRegistryKeys(loadConfig(RegistryConfig));
  const verdict: Verdict = await verifyBackup({ ...source, keys, ...(liveUrl && { liveUrl }) });
  if (verdict.is === 'fail') {
    console.error(`fail  ${source.backup}\n${verdict.why}`);
    return false;
  }
  const { hash, records, revisions, markedAt } = verdict.mark;
  console.log(`pass  ${source.backup}\n${hash}  ${records} records, ${revisions} revisions, as at ${markedAt}`);
  return true;
}

async function restore(source: RestoreSource, to: string): Promise<boolean> {
  const data = resolve(to);
  if (reachable(dirname(data)) !== dirname(data))
    throw new Error(`The user that PostgreSQL runs as cannot reach ${data}: name another folder`);
  await restoreForUse(source, data);
  const { kek, registry } = source.note.keys;
  console.log(`Restored into ${data}, stopped, with a new feed epoch.
Before a registry starts on it: its key files must hold the key-encryption keys ${kek.join(', ') || '(none yet)'} and the registry keys ${registry.join(', ')}.
Take a new backup soon: the old ones belong to the time line before.`);
  return true;
}

// So that what is only on trial goes away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  process.exitCode = await main();
} catch (error) {
  tellFailure(error);
}
