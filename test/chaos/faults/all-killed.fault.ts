import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Everything dies at once and comes back in another order, without a hand's turn. */
export const allKilled: Fault = {
  name: 'F45 everything killed at once',
  targetMs: 40_000,
  async inject({ stack }, random) {
    await Promise.all(stack.members.map((member) => member.kill9({ keepDown: true })));
    for (const member of random.shuffled(stack.members)) {
      void member.start();
      await pause(random.whole(0, 300));
    }
  },
};
