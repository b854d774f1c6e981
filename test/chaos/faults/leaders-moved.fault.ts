import { setTimeout as pause } from 'node:timers/promises';
import { startAgain } from '../stack.js';
import { leadAt } from './copies.js';
import type { Fault } from './fault.js';

const TIMES = 8;

/**
 * Nobody dies: of each topic one partition is led here and one there, and the third goes to and fro between both. The
 * adapters start anew before it does: they send together what they find led by one broker. So a send finds out at one
 * broker that it leads no more, while the other one has answered and leads from now on.
 */
export const leadersMoved: Fault = {
  name: 'F16 leaders moved to and fro',
  layout: 'three-brokers',
  targetMs: 15_000,
  async inject({ stack: { adapters, brokers, brokerUrls } }, random) {
    const [here, there] = random.shuffled(brokers.map(({ id }) => id));
    if (here === undefined || there === undefined) throw new RangeError('it takes two brokers');
    const settled = new Map([
      [0, here],
      [1, there],
      [2, here],
    ]);
    await leadAt(brokerUrls, settled);
    await startAgain(adapters);
    await pause(random.whole(1_500, 2_500));
    for (let time = 0; time < TIMES; time += 1) {
      await leadAt(brokerUrls, new Map([[2, time % 2 === 0 ? there : here]]));
      await pause(random.whole(300, 900));
    }
  },
};
