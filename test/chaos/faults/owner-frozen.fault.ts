import type { Fault } from './fault.js';

/** A consumer stands still with its partitions, is replaced within 15 s, and wakes up to find that others went on. */
export const ownerFrozen: Fault = {
  name: 'F21 frozen owner',
  targetMs: 15_000,
  inject({ stack }, random) {
    const owner = random.pick(stack.registries);
    owner.freeze();
    return Promise.resolve(() => Promise.resolve(owner.thaw()));
  },
};
