// One process that writes steps to the tables, started by lane-process.ts.
import 'reflect-metadata';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { WRITERS } from './writers.js';
import type { LaneOrder } from './lane-process.js';
import type { Writer } from './writer.js';

const tell = (word: object): void => void process.send?.(word);

async function run({ writer: name, file, warmUp, ...plan }: LaneOrder): Promise<void> {
  const steps = deserialize(readFileSync(file)) as unknown[];
  // A file holds the steps of the writer that it was made for.
  const writer = (await WRITERS[name](plan)) as Writer<unknown>;
  for (const step of steps.slice(0, warmUp)) await writer.write(step);
  tell({ is: 'warm' });
  await once(process, 'message');
  const started = performance.now();
  for (const step of steps.slice(warmUp)) await writer.write(step);
  tell({ is: 'done', ms: performance.now() - started });
  await once(process, 'message');
  await writer.close();
  process.disconnect();
}

const [order] = (await once(process, 'message')) as [LaneOrder];
await run(order);
