import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Stands still with what was sent to it unread, then kill -9; comes back after a while and must first outwait its own former self. */
export const brokerKilled: Fault = {
  name: 'F10 broker killed',
  targetMs: 30_000,
  async inject({ stack }, random) {
    stack.kafka.freeze();
    await pause(random.whole(200, 700));
    await stack.kafka.kill9({ keepDown: true });
    await pause(random.whole(200, 1_500));
    await stack.kafka.start();
  },
};
