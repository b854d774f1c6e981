import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** The adapters stand still for longer than their clients wait, then go on with what they had begun: nothing counts twice. */
export const adapterFrozen: Fault = {
  name: 'F2 adapters frozen',
  targetMs: 15_000,
  async inject({ stack }, random) {
    stack.adapters.freeze();
    await pause(random.whole(10_000, 14_000));
    stack.adapters.thaw();
  },
};
