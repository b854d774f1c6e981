import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** A third consumer joins and leaves while batches are under way: partitions wander, and progress goes on. */
export const membersComeAndGo: Fault = {
  name: 'F20 members join and leave',
  targetMs: 20_000,
  async inject({ stack }, random) {
    for (let round = 0; round < 2; round++) {
      await stack.spare.start();
      await pause(random.whole(2_500, 4_000));
      await stack.spare.stop();
    }
  },
};
