import type { Outcome, Stage, Workload } from './workload.js';
import { BATCH, fewOf, type LaneSteps, stepsOf } from './write-path/lane-steps.js';
import { makeMessages } from './write-path/made-messages.js';
import { detailsOf, type LanesMeasured, measureLanes, tellRun } from './write-path/measure-lanes.js';
import { type Scene, withScene } from './write-path/scene.js';
import { type CopySlice, emptyTables, readSlices, readTableBytes } from './write-path/table-rows.js';
import type { WriterName } from './write-path/writers.js';

/** Events for each way of writing: enough for each to run some seconds. */
const FULL = { persons: 15_000, events: 45_000, warmUp: 6_000, batched: 12_000, single: 1_000 };
const QUICK = { persons: 5_000, events: 15_000, warmUp: 2_000, batched: 3_000, single: 200 };

/** The registry's transaction per batch, against the bound and against what a team would write instead. */
export const writePath: Workload = {
  name: 'write-path',
  needs: 'database',
  figures: [
    {
      key: 'one',
      target: 'S1',
      says: 'one lane to raw COPY of the rows of all tables',
      unit: '×',
      bound: { atLeast: 0.3 },
    },
    { key: 'two', target: 'S1', says: 'two lanes to the same COPY', unit: '×', bound: { atLeast: 0.45 } },
    { key: 'wal', target: 'S1', says: 'write-ahead log per event', unit: 'B', bound: { atMost: 1_600 } },
    { key: 'each', target: 'S2', says: 'to the TypeORM transaction per event', unit: '×', bound: { atLeast: 60 } },
    { key: 'batch', target: 'S2', says: 'to the TypeORM batch upsert', unit: '×', bound: { atLeast: 2.5 } },
    {
      key: 'once',
      target: 'S9',
      says: 'more time than the same path as a blind upsert',
      unit: '%',
      bound: { atMost: 15 },
    },
  ],
  run: (stage) => withScene(stage, (scene) => measure(stage, scene)),
};

async function measure({ isQuick, say }: Stage, scene: Scene): Promise<Outcome> {
  const size = isQuick ? QUICK : FULL;
  say(`Making ${size.events + size.warmUp} sealed messages of ${size.persons} persons`);
  const made = await makeMessages({ ...size, partitions: 1 }, scene.keyFiles);
  const halves = await makeMessages({ ...size, partitions: 2 }, scene.keyFiles);
  const run = async (writer: WriterName, lanes: LaneSteps[], events: number): Promise<LanesMeasured> => {
    await emptyTables(scene.owner);
    const measured = await measureLanes({ writer, lanes, events }, scene);
    say(tellRun(lanes.length > 1 ? `${writer}, ${lanes.length} lanes` : writer, measured));
    return measured;
  };
  const one = await run('product', made.map(stepsOf), size.events);
  const slices = await readSlices(scene.owner, (size.events + size.warmUp) / BATCH);
  const tableBytes = (await readTableBytes(scene.owner)) / (size.events + size.warmUp);
  const copy = await run('raw-copy', [{ steps: slices, warmUp: size.warmUp / BATCH }], size.events);
  const blind = await run('blind-upsert', made.map(stepsOf), size.events);
  const two = await run('product', halves.map(stepsOf), size.events);
  const batched = await run('typeorm-batch', fewOf(made, size.batched), size.batched);
  const each = await run('typeorm-each', fewOf(made, size.single), size.single);
  const rates = { one, copy, blind, two, batched, each };
  return {
    values: {
      one: ratio(one.perSecond / copy.perSecond),
      two: ratio(two.perSecond / copy.perSecond),
      wal: Math.max(one.wal, two.wal),
      each: ratio(one.perSecond / each.perSecond),
      batch: ratio(one.perSecond / batched.perSecond),
      once: Math.round(1_000 * (blind.perSecond / one.perSecond - 1)) / 10,
    },
    details: {
      ...detailsOf(rates),
      'row text B/event': Math.round(bytesOf(slices) / (size.events + size.warmUp)),
      'tables with indexes B/event': Math.round(tableBytes),
    },
  };
}

const ratio = (value: number): number => Math.round(1_000 * value) / 1_000;

const bytesOf = (slices: readonly CopySlice[][]): number =>
  slices.flat().reduce((sum, { rows }) => sum + Buffer.byteLength(rows), 0);
