import { withConnection } from '@simpul/database';
import { stateHash } from '../../apps/registry/src/record/state-hash.store.js';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';
import { missingKeys } from '../backup/backup-note.js';
import { markState, type StateMark } from '../backup/state-mark.js';
import { awaitArchived } from '../backup/wal-archive.js';
import { restoreForTrial, type RestoreSource } from './restore.js';

export interface VerifyOptions extends RestoreSource {
  keys: Pick<RegistryKeys, 'wrapping' | 'opening'>;
  /** The running database, as the login of backups: then the state of this moment must come out of the backup and the archive, not that of the backup's own. */
  liveUrl?: string;
}

export type Verdict = { is: 'pass'; mark: StateMark } | { is: 'fail'; why: string };

/** Shows that a backup restores to the state that was noted, or to the one that is now. */
export async function verifyBackup(options: VerifyOptions): Promise<Verdict> {
  const { note, keys, liveUrl, archive } = options;
  const there = { kek: keys.wrapping.map(({ id }) => id), registry: keys.opening.map(({ kid }) => kid) };
  const missing = missingKeys(note.keys, there);
  if (missing.length > 0) return { is: 'fail', why: missing.join('; ') };
  const mark = liveUrl === undefined ? note.mark : await markLive(liveUrl, archive, keys);
  try {
    const found = await restoreForTrial(options, mark.name, (url) => hashAt(url, keys));
    if (found.hash === mark.hash) return { is: 'pass', mark };
    const why = `The restored state has ${found.records} records, ${found.revisions} revisions and hash ${found.hash}; noted were ${mark.records}, ${mark.revisions} and ${mark.hash}`;
    return { is: 'fail', why };
  } catch (error) {
    return { is: 'fail', why: error instanceof Error ? error.message : String(error) };
  }
}

async function markLive(url: string, archive: string, keys: Pick<RegistryKeys, 'wrapping'>): Promise<StateMark> {
  const mark = await markState(url, keys);
  await withConnection(url, (client) => awaitArchived(client, archive, mark.segment));
  return mark;
}

const hashAt = (url: string, keys: Pick<RegistryKeys, 'wrapping'>): ReturnType<typeof stateHash> =>
  withConnection(url, (client) => stateHash({ pool: client }, keys));
