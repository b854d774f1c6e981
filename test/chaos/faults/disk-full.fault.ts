import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../tools/local/guarded.mjs';
import { SmallDisk } from '../small-disk.js';
import { failed, type Fault } from './fault.js';
import { listMeanwhile, type Window } from './meanwhile.js';

const STOPS_WITHIN_MS = 30_000;
const windows = new WeakMap<object, Window>();

/** The broker's disk is full: it stops itself, and comes back without a hand's turn once there is space again. */
export const diskFull: Fault = {
  name: "F13 broker's disk full",
  layout: 'small-disk',
  targetMs: 30_000,
  whyNot: () => SmallDisk.whyNot(),
  async inject(scene, random) {
    const { kafka, kafkaDisk } = scene.stack;
    if (!kafkaDisk) throw new Error('there is no small disk in this installation');
    const before = kafka.deaths;
    kafkaDisk.fill();
    await until(async () => kafka.deaths > before || undefined, {
      withinMs: STOPS_WITHIN_MS,
      what: 'the broker stops itself',
    });
    const from = Date.now();
    await pause(random.whole(6_000, 9_000));
    windows.set(scene, { from, to: Date.now() });
    kafkaDisk.free();
  },
  expect({ seen }, scene) {
    const window = windows.get(scene);
    if (!window) return [];
    const { refused } = listMeanwhile(seen, window);
    const silent = scene.stack.agencies.filter(({ source }) => !refused.has(source));
    return silent.map(({ source }) => failed(`${source} was not told to come again`));
  },
};
