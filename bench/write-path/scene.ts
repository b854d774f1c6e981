import { rmSync } from 'node:fs';
import { AccessData, SourceStore } from '@simpul/access';
import { withConnection } from '@simpul/database';
import type { Client } from 'pg';
import { SOURCES } from '../../tools/demo/plan/agencies.js';
import type { DatabaseAlone } from '../../tools/installation/installation.js';
import type { StageOn } from '../workload.js';
import { type BenchKeyFiles, makeKeyFiles } from './bench-keys.js';

/** What lanes write to, and with which keys. */
export interface Scene {
  database: DatabaseAlone;
  owner: Client;
  keyFiles: BenchKeyFiles;
  stop: AbortSignal;
}

/** The sources registered, a connection of the owner and keys; all closed afterwards. */
export async function withScene<T>(
  { database, stop }: StageOn<'database'>,
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  const keyFiles = makeKeyFiles();
  try {
    await registerSources(database.ownerUrl);
    return await withConnection(database.ownerUrl, (owner) => work({ database, owner, keyFiles, stop }));
  } finally {
    rmSync(keyFiles.folder, { recursive: true, force: true });
  }
}

async function registerSources(ownerUrl: string): Promise<void> {
  const data = new AccessData(ownerUrl);
  try {
    for (const source of SOURCES) await new SourceStore(data).add(source);
  } finally {
    await data.close();
  }
}
