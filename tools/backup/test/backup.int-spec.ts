import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testKeys } from '@simpul/testing';
import { growthMessages, ingestOnTrial, type IngestOnTrial } from '../../../apps/registry/test/ingest-on-trial.js';
import { restoreForUse } from '../../restore/restore.js';
import { type Verdict, verifyBackup } from '../../restore/verify.js';
import { readNote } from '../backup-note.js';
import { takeBackup } from '../take-backup.js';
import { type ArchivedServer, startArchivedServer } from './archived-server.js';

const keys = testKeys('backup');
const weighing = growthMessages(keys);
let server: ArchivedServer;
let trial: IngestOnTrial;
let backup: string;
let told = 0;

async function tellMore(count: number): Promise<void> {
  const messages = Array.from({ length: count }, () =>
    weighing({ reference: `w-${(told += 1)}`, child: { localId: `c-${told % 50}`, name: 'CONTOH' } }),
  );
  await trial.read(0, messages);
}

/** Goes on telling until the work is done. */
async function tellDuring<T>(work: Promise<T>): Promise<T> {
  const state = { busy: true };
  const done = work.finally(() => {
    state.busy = false;
  });
  while (state.busy) await tellMore(20);
  return await done;
}

const verify = (from: string, change: Partial<Parameters<typeof verifyBackup>[0]> = {}): Promise<Verdict> =>
  verifyBackup({ backup: from, note: readNote(from), archive: server.archive, keys, ...change });

/** The backup once more, with one of its files changed. */
function changedBackup(name: string, change: (folder: string) => void): string {
  const copy = join(server.folder, name);
  cpSync(backup, copy, { recursive: true });
  change(copy);
  return copy;
}

beforeAll(async () => {
  server = await startArchivedServer();
  trial = await ingestOnTrial(keys, server);
  await tellMore(100);
  const options = { url: server.backupUrl, into: join(server.folder, 'backups'), archive: server.archive, keys };
  backup = await tellDuring(takeBackup(options));
  await tellMore(20);
});
afterAll(async () => {
  await server?.drop();
});

describe('a backup taken while the ingest goes on', () => {
  it('restores to the very state that was marked, not to a later one', async () => {
    const { mark } = readNote(backup);
    expect(mark.revisions).toBeGreaterThan(100);
    expect(mark.revisions).toBeLessThan(told);
    expect(mark.positions).toEqual([{ generation: 1, topic: trial.topic, partition: 0, next: String(mark.revisions) }]);
    expect(await verify(backup)).toEqual({ is: 'pass', mark });
    expect(await trial.hash()).not.toBe(mark.hash);
  });

  it('and the archive restore to the state of this moment', async () => {
    const verdict = await verify(backup, { liveUrl: server.backupUrl });
    expect(verdict).toMatchObject({ is: 'pass', mark: { hash: await trial.hash(), revisions: told } });
  });

  it('names the keys it needs, holds none, and is closed to others', async () => {
    expect(readNote(backup).keys).toEqual({ kek: ['test-1'], registry: ['test-backup'] });
    expect(statSync(backup).mode & 0o077).toBe(0);
    const verdict = await verify(backup, { keys: testKeys('other') });
    expect(verdict).toEqual({ is: 'fail', why: expect.stringContaining('lacks the registry key test-backup') });
  });
});

describe('a verification fails', () => {
  it('when a byte of the backup was changed', async () => {
    const damaged = changedBackup('damaged', (folder) => {
      const file = join(folder, 'base.tar.zst');
      const bytes = readFileSync(file);
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 0x40;
      writeFileSync(file, bytes);
    });
    expect(await verify(damaged)).toEqual({ is: 'fail', why: expect.stringContaining('damaged') });
  });

  it('when the list of files was changed', async () => {
    const damaged = changedBackup('relisted', (folder) => {
      const file = join(folder, 'backup_manifest');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"Size": 3', '"Size": 4'));
    });
    expect(await verify(damaged)).toEqual({ is: 'fail', why: expect.stringContaining('backup_manifest is damaged') });
  });

  it('when the archive lacks the WAL up to the mark', async () => {
    const { segment } = readNote(backup).mark;
    const archive = join(server.folder, 'archive-with-a-gap');
    cpSync(server.archive, archive, { recursive: true });
    rmSync(join(archive, segment));
    expect(await verify(backup, { archive })).toEqual({ is: 'fail', why: expect.stringContaining('recovery ended') });
  });

  it('when the restored state is another than the noted one', async () => {
    const note = readNote(backup);
    const mark = { ...note.mark, hash: 'f'.repeat(64) };
    expect(await verify(backup, { note: { ...note, mark } })).toEqual({
      is: 'fail',
      why: expect.stringContaining('The restored state has'),
    });
  });
});

describe('what is refused', () => {
  it('a restore over data', async () => {
    const data = join(server.folder, 'not-empty');
    mkdirSync(data);
    copyFileSync(join(backup, 'backup.json'), join(data, 'kept'));
    const source = { backup, note: readNote(backup), archive: server.archive };
    await expect(restoreForUse(source, data)).rejects.toThrow('is not empty');
  });

  it('a backup of a server without an archive', async () => {
    const into = join(server.folder, 'none');
    const url = process.env['DATABASE_URL'] ?? '';
    await expect(takeBackup({ url, into, archive: server.archive, keys })).rejects.toThrow('archive_mode is off');
  });
});
