import { named } from './details.js';
import { walByKind, walPosition } from './wal-kinds.js';
import type { Outcome, Stage, Workload } from './workload.js';
import { addColdPersons } from './write-path/cold-persons.js';
import { startLane } from './write-path/lane-process.js';
import { BATCH, batchesOf } from './write-path/lane-steps.js';
import { makeMessages } from './write-path/made-messages.js';
import { detailsOf, type LanesMeasured, measureRun, tellRun } from './write-path/measure-lanes.js';
import { type Scene, withScene } from './write-path/scene.js';
import { emptyTables, readTableBytes } from './write-path/table-rows.js';

const HOT = 100_000;
/** Of each. */
const COPIES = 49;
const ALL = HOT * (COPIES + 1);
const FILL_MS = 150_000;
/** Steps: the hot persons appear, a checkpoint, what it costs is seen, each hot person's pages are written again, then all is steady. */
const [CREATE, SHOCK, SETTLE, MEASURED] = [HOT / BATCH, 20, HOT / BATCH - 20, 40];
/** No further checkpoint comes before a side is measured: a database of this size has such a setting, or it writes whole pages all the time. */
const ROOM = "ALTER SYSTEM SET max_wal_size = '8GB'";

/** The same hundred thousand persons in tables that hold nobody else, and among millions. */
export const growth: Workload = {
  name: 'growth',
  needs: 'database',
  notQuick: 'to fill the tables takes minutes',
  once: true,
  minutes: 15,
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
      says: 'write-ahead log per event in steady state: no page is written for the first time since a checkpoint',
      unit: 'B',
      bound: { atMost: 2_048 },
    },
  ],
  run: (stage) => withScene(stage, (scene) => measure(stage, scene)),
};

interface Side extends LanesMeasured {
  kinds: Record<string, number>;
}

async function measure({ say }: Stage, scene: Scene): Promise<Outcome> {
  const events = (CREATE + SHOCK + SETTLE + MEASURED) * BATCH;
  say(`Making ${events} sealed messages of ${HOT} persons`);
  const [made] = await makeMessages({ persons: HOT, events, warmUp: 0, partitions: 1 }, scene.keyFiles);
  const messages = made?.messages ?? [];
  const steps = batchesOf(messages);
  const empty = await measureSide(scene, steps, () => Promise.resolve());
  say(tellRun('empty tables', empty));
  let cold = { persons: 0, seconds: 0 };
  const large = await measureSide(scene, steps, async () => {
    cold = await fill(scene, say);
  });
  say(tellRun('large tables', large));
  const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
  return {
    values: { rate: Math.round((1_000 * large.perSecond) / empty.perSecond) / 1_000, wal: large.wal },
    details: {
      ...detailsOf({ empty, large }),
      ...named('empty', empty.kinds),
      ...named('large', large.kinds),
      'persons in the large tables': cold.persons,
      'filling, s': cold.seconds,
      'sealed message, B': Math.round(bytes / events),
      'large tables GB': Math.round((await readTableBytes(scene.owner)) / 1e8) / 10,
    },
    ...(cold.persons < ALL && {
      note: `${cold.persons} persons instead of 5 million: copying was ended after ${FILL_MS / 1_000} s`,
    }),
  };
}

/** The hot persons appear in empty tables, `before` does something to these, then the lane settles and is measured. */
async function measureSide(scene: Scene, steps: readonly unknown[], before: () => Promise<void>): Promise<Side> {
  const { owner, keyFiles, stop } = scene;
  const { databaseUrl, postgresPid } = scene.database;
  await owner.query(ROOM);
  await owner.query('SELECT pg_reload_conf()');
  await emptyTables(owner);
  const lane = await startLane({ writer: 'product', steps, warmUp: 0, keyFiles, databaseUrl, partition: 0 }, stop);
  await lane.go(CREATE);
  await before();
  await owner.query('CHECKPOINT');
  const shock = await walOf(owner, SHOCK * BATCH, () => lane.go(SHOCK));
  await lane.go(SETTLE);
  const events = MEASURED * BATCH;
  const steady = await walOf(owner, events, () => measureRun([lane], events, { owner, postgresPid, steps: MEASURED }));
  await lane.end();
  return { ...steady.done, kinds: { ...named('right after a checkpoint', shock.kinds), ...steady.kinds } };
}

async function walOf<T>(
  owner: Scene['owner'],
  events: number,
  work: () => Promise<T>,
): Promise<{ done: T; kinds: Record<string, number> }> {
  const from = await walPosition(owner);
  const done = await work();
  return { done, kinds: await walByKind(owner, { from, to: await walPosition(owner), events }) };
}

async function fill(
  { owner, database: { ownerUrl }, stop }: Scene,
  say: Stage['say'],
): Promise<{ persons: number; seconds: number }> {
  const from = performance.now();
  const persons = await addColdPersons(owner, { ownerUrl, copies: COPIES, withinMs: FILL_MS, say, stop });
  const seconds = Math.round((performance.now() - from) / 1_000);
  say(`${persons} persons after ${seconds} s`);
  return { persons, seconds };
}
