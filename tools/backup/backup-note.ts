import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateMark } from './state-mark.js';

const NOTE_FILE = 'backup.json';
const FORMAT = 1;

/** What stands beside a backup: what it is, what it needs, and what a restore must show again. Nothing in it is secret or personal. */
export interface BackupNote {
  format: typeof FORMAT;
  takenAt: string;
  server: string;
  schemaVersion: number;
  /** Login that took it, and database: by these a restored server is asked. */
  user: string;
  database: string;
  /** First WAL position that a restore needs; what the archive holds before it is not for this backup. */
  startsAt: string;
  /** Where the archive was, seen from the computer that took the backup. */
  archive: string;
  /** Key files are never in a backup: these ids must be in those that a restore finds. */
  keys: NeededKeys;
  mark: StateMark;
}

export interface NeededKeys {
  /** Key-encryption keys that wrap data keys. */
  kek: string[];
  /** Registry keys in use when it was taken: topics and held messages may be sealed to any of them. */
  registry: string[];
}

export function writeNote(folder: string, note: Omit<BackupNote, 'format'>): void {
  writeFileSync(join(folder, NOTE_FILE), `${JSON.stringify({ format: FORMAT, ...note }, null, 2)}\n`, { mode: 0o600 });
}

export function readNote(folder: string): BackupNote {
  const file = join(folder, NOTE_FILE);
  let note: BackupNote;
  try {
    note = JSON.parse(readFileSync(file, 'utf8')) as BackupNote;
  } catch (cause) {
    throw new Error(`${file} cannot be read: is this the folder of a backup that was finished?`, { cause });
  }
  if (note.format !== FORMAT) throw new Error(`${file} is of another format than this build reads`);
  return note;
}

/** The needed keys that are not there, in words; empty when all are. */
export function missingKeys(needed: NeededKeys, there: NeededKeys): string[] {
  const absent = (kind: keyof NeededKeys): string[] => needed[kind].filter((id) => !there[kind].includes(id));
  return [
    ...absent('kek').map((id) => `KEK_FILE lacks the key-encryption key ${id}`),
    ...absent('registry').map((id) => `REGISTRY_KEYS_FILE lacks the registry key ${id}`),
  ];
}
