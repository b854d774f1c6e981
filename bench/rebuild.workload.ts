import { Database } from '@simpul/database';
import { applyContextOf } from '../apps/registry/src/ingest/apply-context.js';
import { loadRegistryKeys } from '../apps/registry/src/record/load-registry-keys.js';
import { stateHash } from '../apps/registry/src/record/state-hash.store.js';
import { type Ending, Rebuilder } from '../apps/registry/src/rebuild/rebuilder.store.js';
import { tellAll } from './details.js';
import { CpuMeter } from './process-cpu.js';
import type { Outcome, Stage, Workload } from './workload.js';
import { TIME_ZONE_OFFSET } from './write-path/bench-keys.js';
import { BATCH, batchesOf } from './write-path/lane-steps.js';
import { makeMessages } from './write-path/made-messages.js';
import { measureLanes } from './write-path/measure-lanes.js';
import { type Scene, withScene } from './write-path/scene.js';

const FULL = { persons: 20_000, events: 60_000, warmUp: 0 };
const QUICK = { persons: 5_000, events: 15_000, warmUp: 0 };

/** All records folded anew from the ledger and compared with the live ones, with the settings of `npm run rebuild`. */
export const rebuild: Workload = {
  name: 'rebuild',
  needs: 'database',
  figures: [
    {
      key: 'rate',
      target: 'S10',
      says: 'rebuild from the ledger with its comparison',
      unit: 'events/s',
      bound: { atLeast: 10_000 },
    },
  ],
  run: (stage) => withScene(stage, (scene) => measure(stage, scene)),
};

async function measure({ isQuick, say }: Stage, scene: Scene): Promise<Outcome> {
  const size = isQuick ? QUICK : FULL;
  say(`A ledger of ${size.events} events of ${size.persons} persons`);
  const made = await makeMessages({ ...size, partitions: 1 }, scene.keyFiles);
  const lanes = made.map(({ messages }) => ({ steps: batchesOf(messages), warmUp: size.events / BATCH - 1 }));
  await measureLanes({ writer: 'product', lanes, events: BATCH }, scene);
  const database = new Database({ url: scene.database.databaseUrl, poolSize: 3, statementTimeoutMs: 600_000 });
  try {
    return await rebuildOn(database, size.events, scene, say);
  } finally {
    await database.close();
  }
}

async function rebuildOn(database: Database, events: number, scene: Scene, say: Stage['say']): Promise<Outcome> {
  const keys = await loadRegistryKeys(scene.keyFiles);
  const before = await stateHash(database, keys);
  const context = applyContextOf({ timeZoneOffset: TIME_ZONE_OFFSET }, keys, database);
  const meter = new CpuMeter({ node: process.pid, postgres: scene.database.postgresPid });
  const started = performance.now();
  const ending = await foldAll(new Rebuilder({ database, context, chunk: 1_000 }));
  const seconds = (performance.now() - started) / 1_000;
  const cpu = meter.perEvent(events);
  const hashing = performance.now();
  const after = await stateHash(database, keys);
  const details = { ...cpu, records: after.records, 'state hash s': (performance.now() - hashing) / 1_000 };
  const rate = Math.round(events / seconds);
  say(`${rate} events/s: ${tellAll(details)}`);
  const fault = findFault(ending, before.hash === after.hash, events);
  return { values: { rate }, details, ...(fault !== undefined && { fault }) };
}

async function foldAll(rebuilder: Rebuilder): Promise<Ending> {
  const ending = await rebuilder.alone(async () => {
    const job = await rebuilder.begin('npm-run-bench');
    while (await rebuilder.foldNext(job.id));
    await rebuilder.catchUp(job.id);
    return await rebuilder.finish(job.id, false);
  });
  if (!ending) throw new Error('Another process rebuilds');
  return ending;
}

function findFault({ row }: Ending, isSameHash: boolean, events: number): string | undefined {
  if (row.state !== 'identical') return `the rebuild ended ${row.state}`;
  if (Number(row.events) !== events) return `${row.events} of ${events} events were folded`;
  return isSameHash ? undefined : 'the state hash is another one';
}
