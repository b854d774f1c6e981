import { setTimeout as pause } from 'node:timers/promises';
import { untilReady } from '../stack.js';
import type { Fault } from './fault.js';

/** A third registry reads all partitions beside their owners: each event has one effect, and nobody dies. */
export const consumedTwice: Fault = {
  name: 'F22 partitions consumed twice',
  targetMs: 10_000,
  async inject({ stack, run }, random) {
    stack.spare.variants.push({ env: { GROUP_ID: `chaos-${run}` } });
    await stack.spare.start();
    await untilReady([stack.spare]);
    await pause(random.whole(3_000, 5_000));
    return async () => void (await stack.spare.stop());
  },
};
