import { slicesOf } from '../../apps/registry/src/ingest/slices.js';
import type { MadePartition } from './made-messages.js';

/** Messages in one transaction, as the registry has them when it ships. */
export const BATCH = 1_000;

export interface LaneSteps {
  steps: readonly unknown[];
  /** Of these, not measured. */
  warmUp: number;
}

export const batchesOf = <T>(all: readonly T[]): T[][] => slicesOf(all, BATCH);

export function stepsOf({ messages, warmUp }: MadePartition): LaneSteps {
  const [before, after] = [batchesOf(messages.slice(0, warmUp)), batchesOf(messages.slice(warmUp))];
  return { steps: [...before, ...after], warmUp: before.length };
}

/** The first events of the measured ones, behind one warm batch of the same size at most. */
export function fewOf(made: readonly MadePartition[], events: number): LaneSteps[] {
  return made.map(({ messages, warmUp }) => {
    const few = Math.min(events, BATCH);
    return stepsOf({ messages: messages.slice(warmUp - few, warmUp + events), warmUp: few });
  });
}
