import type { Outcome, Stage, Workload } from './workload.js';
import { addColdPersons } from './write-path/cold-persons.js';
import { type Lane, startLane } from './write-path/lane-process.js';
import { BATCH, batchesOf } from './write-path/lane-steps.js';
import { makeMessages } from './write-path/made-messages.js';
import { detailsOf, measureRun, tellRun } from './write-path/measure-lanes.js';
import { type Scene, withScene } from './write-path/scene.js';
import { emptyTables, readTableBytes } from './write-path/table-rows.js';

const HOT = 100_000;
/** Of each. */
const COPIES = 49;
const FILL_MS = 150_000;
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
  let persons = 0;
  let filling = 0;
  const large = await runWith(async (lane) => {
    await lane.go(CREATE);
    const from = performance.now();
    const { ownerUrl } = scene.database;
    persons = await addColdPersons(scene.owner, { ownerUrl, copies: COPIES, withinMs: FILL_MS, say, stop: scene.stop });
    filling = Math.round((performance.now() - from) / 1_000);
  });
  say(tellRun('large tables', large));
  const gigabytes = Math.round((await readTableBytes(scene.owner)) / 1e8) / 10;
  return {
    values: { rate: Math.round((1_000 * large.perSecond) / empty.perSecond) / 1_000, wal: large.wal },
    details: {
      ...detailsOf({ empty, large }),
      'persons in the large tables': persons,
      'filling, s': filling,
      'large tables GB': gigabytes,
    },
    ...(persons < HOT * (COPIES + 1) && {
      note: `${persons} persons instead of 5 million: copying was ended after ${FILL_MS / 60_000} minutes`,
    }),
  };
}
