import { rmSync } from 'node:fs';
import { AccessData, SourceStore } from '@simpul/access';
import { Client } from 'pg';
import { SOURCES } from '../tools/demo/plan/agencies.js';
import type { Grounds, Outcome, Stage as AnyStage, Workload } from './workload.js';
import { makeKeyFiles } from './write-path/bench-keys.js';
import { type MadePartition, makeMessages } from './write-path/made-messages.js';
import { type LanesMeasured, measureLanes, type Scene } from './write-path/measure-lanes.js';
import { type CopySlice, emptyTables, readSlices, readTableBytes } from './write-path/table-rows.js';
import type { WriterName } from './write-path/writers.js';

type Stage = AnyStage & Pick<Grounds, 'database'>;

const BATCH = 1_000;

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
  run: async (stage) => {
    const keyFiles = makeKeyFiles();
    const owner = new Client(stage.database.ownerUrl);
    await owner.connect();
    try {
      await registerSource(stage.database.ownerUrl);
      return await measure(stage, { database: stage.database, owner, keyFiles, stop: stage.stop });
    } finally {
      await owner.end();
      rmSync(keyFiles.folder, { recursive: true, force: true });
    }
  },
};

async function registerSource(ownerUrl: string): Promise<void> {
  const data = new AccessData(ownerUrl);
  try {
    for (const source of SOURCES) await new SourceStore(data).add(source);
  } finally {
    await data.close();
  }
}

async function measure({ isQuick, say }: Stage, scene: Scene): Promise<Outcome> {
  const size = isQuick ? QUICK : FULL;
  say(`Making ${size.events + size.warmUp} sealed messages of ${size.persons} persons`);
  const made = await makeMessages({ ...size, partitions: 1 }, scene.keyFiles);
  const halves = await makeMessages({ ...size, partitions: 2 }, scene.keyFiles);
  const run = async (writer: WriterName, lanes: LaneSteps[], events: number): Promise<LanesMeasured> => {
    await emptyTables(scene.owner);
    const measured = await measureLanes({ writer, lanes, events }, scene);
    const cpu = Object.entries(measured.cpu).map(([name, us]) => `${name} ${us}`);
    const name = lanes.length > 1 ? `${writer}, ${lanes.length} lanes` : writer;
    say(`${name}: ${[`${measured.perSecond} events/s`, ...cpu, `WAL ${measured.wal} B/event`].join(', ')}`);
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

interface LaneSteps {
  steps: readonly unknown[];
  warmUp: number;
}

function stepsOf({ messages, warmUp }: MadePartition): LaneSteps {
  const [before, after] = [batchesOf(messages.slice(0, warmUp)), batchesOf(messages.slice(warmUp))];
  return { steps: [...before, ...after], warmUp: before.length };
}

/** The first events of the measured ones, behind one warm batch of the same size at most. */
function fewOf(made: readonly MadePartition[], events: number): LaneSteps[] {
  return made.map(({ messages, warmUp }) => {
    const few = Math.min(events, BATCH);
    return stepsOf({ messages: messages.slice(warmUp - few, warmUp + events), warmUp: few });
  });
}

const batchesOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) => all.slice(n * BATCH, (n + 1) * BATCH));

const ratio = (value: number): number => Math.round(1_000 * value) / 1_000;

const bytesOf = (slices: readonly CopySlice[][]): number =>
  slices.flat().reduce((sum, { rows }) => sum + Buffer.byteLength(rows), 0);

const detailsOf = (rates: Readonly<Record<string, LanesMeasured>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(rates).flatMap(([name, { perSecond, wal, cpu }]) => [
      [`${name}: events/s`, perSecond],
      [`${name}: WAL B/event`, wal],
      ...Object.entries(cpu).map(([process, us]) => [`${name}: ${process}`, us]),
    ]),
  );
