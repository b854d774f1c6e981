import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withConnection } from '@simpul/database';
import type { BackupNote } from '../backup/backup-note.js';
import { postgresUser, throwAwayFolder } from '../local/places.mjs';
import { checkFiles } from './check-files.js';
import { recover, type RecoveredServer } from './recovery.js';
import { unpackBase } from './unpack.js';

export interface RestoreSource {
  /** Folder of one backup. */
  backup: string;
  archive: string;
  note: BackupNote;
}

/** Restores into a server of its own, up to the restore point, lets `look` ask it, and takes everything away again. */
export async function restoreForTrial<T>(
  source: RestoreSource,
  upTo: string,
  look: (url: string) => Promise<T>,
): Promise<T> {
  return inThrowAwayFolder(async (folder) => {
    const server = await restoreInto(source, { folder, data: join(folder, 'data'), upTo, durable: false });
    try {
      return await look(server.url);
    } finally {
      await server.stop();
    }
  });
}

/**
 * Restores into a data folder that is new or empty, with everything that the archive holds, and gives the feed another epoch: what was numbered
 * after the last archived WAL may be numbered anew, so no cursor from before may go on. The server is stopped again at the end.
 */
export async function restoreForUse(source: RestoreSource, data: string): Promise<void> {
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new Error(`${data} is not empty. A restore writes over nothing: name a new folder`);
  await inThrowAwayFolder(async (folder) => {
    const server = await restoreInto(source, { folder, data, durable: true });
    try {
      await beginEpoch(server.url);
    } finally {
      await server.stop();
    }
  });
}

/** Nothing of it stays, also when the process ends in the middle; a server that runs then is ended by its guard. */
async function inThrowAwayFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = throwAwayFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

interface Target {
  folder: string;
  data: string;
  upTo?: string;
  durable: boolean;
}

async function restoreInto({ backup, archive, note }: RestoreSource, target: Target): Promise<RecoveredServer> {
  const { data } = target;
  if (!existsSync(archive)) throw new Error(`The archive ${archive} is not there: name it with --archive`);
  const as = postgresUser();
  mkdirSync(dirname(data), { recursive: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (as) chownSync(data, as.uid, as.gid);
  await unpackBase(backup, data);
  const damages = await checkFiles(backup, data);
  if (damages.length > 0)
    throw new Error(`The backup is damaged: ${damages.slice(0, 5).join('; ')}${damages.length > 5 ? ' …' : ''}`);
  return recover({ ...target, archive, user: note.user, database: note.database });
}

async function beginEpoch(url: string): Promise<void> {
  await withConnection(url, (client) => client.query('UPDATE registry.feed_head SET epoch = gen_random_uuid()'));
}
