import type { Outcome, Stage, Workload } from './workload.js';
import { addColdPersons } from './write-path/cold-persons.js';
import { type Lane, startLane } from './write-path/lane-process.js';
import { BATCH, batchesOf } from './write-path/lane-steps.js';
import { makeMessages } from './write-path/made-messages.js';
import { detailsOf, measureRun, tellRun } from './write-path/measure-lanes.js';
import { type Scene, withScene } from './write-path/scene.js';
import { emptyTables, readTableBytes } from './write-path/table-rows.js';

const HOT = 100_000;
const COLD = 4_900_000;
const FILL_MS = 240_000;
/** Steps: the hot persons appear, then each side settles and is measured. */
const [CREATE, SETTLE, MEASURED] = [HOT / BATCH, 20, 40];

/** The same hundred thousand persons in tables that hold nobody else, and among millions. */
export const growth: Workload = {
  name: 'growth',
  needs: 'database',
  notQuick: 'to fill the tables takes minutes',
  figures: [
    {
      key: 'rate',
      target: 'S7',
      says: `${HOT} persons among 5 million to the empty tables`,
      unit: '×',
      bound: { atLeast: 0.7 },
    },
    {
      key: 'wal',
      target: 'S7',
      says: 'write-ahead log per event in steady state',
      unit: 'B',
      bound: { atMost: 2_048 },
    },
  ],
  run: (stage) => withScene(stage, (scene) => measure(stage, scene)),
};

async function measure({ say }: Stage, scene: Scene): Promise<Outcome> {
  const events = HOT + (SETTLE + MEASURED) * BATCH;
  say(`Making ${events} sealed messages of ${HOT} persons`);
  const [made] = await makeMessages({ persons: HOT, events, warmUp: 0, partitions: 1 }, scene.keyFiles);
  const steps = batchesOf(made?.messages ?? []);
  const runWith = async (prepare: (lane: Lane) => Promise<unknown>) => {
    await emptyTables(scene.owner);
    const { databaseUrl, postgresPid } = scene.database;
    const plan = { writer: 'product', steps, warmUp: 0, keyFiles: scene.keyFiles, databaseUrl, partition: 0 } as const;
    const lane = await startLane(plan, scene.stop);
    await prepare(lane);
    await scene.owner.query('CHECKPOINT');
    await lane.go(SETTLE);
    const measured = await measureRun([lane], MEASURED * BATCH, { owner: scene.owner, postgresPid, steps: MEASURED });
    await lane.end();
    return measured;
  };
  const empty = await runWith((lane) => lane.go(CREATE));
  say(tellRun('empty tables', empty));
  let cold = 0;
  const large = await runWith(async (lane) => (cold = await fill(lane, scene, say)));
  say(tellRun('large tables', large));
  const gigabytes = Math.round((await readTableBytes(scene.owner)) / 1e8) / 10;
  return {
    values: { rate: Math.round((1_000 * large.perSecond) / empty.perSecond) / 1_000, wal: large.wal },
    details: {
      ...detailsOf({ empty, large }),
      'persons in the large tables': cold + HOT,
      'large tables GB': gigabytes,
    },
    ...(cold < COLD && {
      note: `${cold + HOT} persons instead of 5 million: filling was ended after ${FILL_MS / 60_000} minutes`,
    }),
  };
}

/** Hot and cold persons in turn, so that they lie among each other; gives how many cold ones came in time. */
async function fill(lane: Lane, { owner, stop }: Scene, say: Stage['say']): Promise<number> {
  const until = performance.now() + FILL_MS;
  const count = COLD / CREATE;
  let cold = 0;
  for (let step = 0; step < CREATE; step++) {
    stop.throwIfAborted();
    await lane.go(1);
    const left = (until - performance.now()) / (CREATE - step);
    cold += await addInTime(owner, { from: cold, count }, left);
    if (step % 10 === 9) say(`${cold} persons beside the ${(step + 1) * BATCH} in play`);
  }
  return cold;
}

const CHUNK = 7_000;

/** In pieces, as many as come in so many milliseconds. */
async function addInTime(
  owner: Scene['owner'],
  { from, count }: { from: number; count: number },
  ms: number,
): Promise<number> {
  const until = performance.now() + ms;
  let done = 0;
  while (done < count && performance.now() < until) {
    await addColdPersons(owner, { from: from + done, count: CHUNK });
    done += CHUNK;
  }
  return done;
}
