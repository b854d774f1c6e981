import { rmSync } from 'node:fs';
import { AccessData, SourceStore } from '@simpul/access';
import { Client } from 'pg';
import { SOURCES } from '../../tools/demo/plan/agencies.js';
import type { DatabaseAlone } from '../../tools/installation/installation.js';
import type { Grounds, Stage } from '../workload.js';
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
  { database, stop }: Stage & Pick<Grounds, 'database'>,
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  const keyFiles = makeKeyFiles();
  const owner = new Client(database.ownerUrl);
  await owner.connect();
  try {
    await registerSources(database.ownerUrl);
    return await work({ database, owner, keyFiles, stop });
  } finally {
    await owner.end();
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
