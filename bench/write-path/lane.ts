// One process that writes steps to the tables, started by lane-process.ts.
import 'reflect-metadata';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { WRITERS } from './writers.js';
import type { LaneOrder, Order } from './lane-process.js';
import type { Writer } from './writer.js';

const tell = (word: object): void => void process.send?.(word);

async function run({ writer: name, file, warmUp, ...plan }: LaneOrder): Promise<void> {
  let left = deserialize(readFileSync(file)) as unknown[];
  // A file holds the steps of the writer that it was made for.
  const writer = (await WRITERS[name](plan)) as Writer<unknown>;
  const writeNext = async (count: number): Promise<void> => {
    const steps = left.slice(0, count);
    left = left.slice(count);
    await writer.write(steps);
  };
  await writeNext(warmUp);
  tell({ is: 'warm' });
  for (;;) {
    const [word] = (await once(process, 'message')) as [Order];
    if (word.is === 'end') break;
    const started = performance.now();
    await writeNext(word.steps);
    tell({ is: 'done', ms: performance.now() - started });
  }
  await writer.close();
  process.disconnect();
}

const [order] = (await once(process, 'message')) as [LaneOrder];
await run(order);
