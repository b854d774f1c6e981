import type { Random } from './random.js';

/** One fault of a plan: strikes at `atMs` and is over after `forMs`. */
export interface Strike {
  atMs: number;
  fault: StrikeName;
  target: string;
  forMs: number;
}

/** What can strike while others do, and what it may hit. */
const STRIKES = {
  kill: ['adapters', 'registry-1', 'registry-2', 'issuer', 'PostgreSQL', 'Kafka'],
  freeze: ['adapters', 'registry-1', 'registry-2'],
  refuse: ['Kafka', 'PostgreSQL'],
  stall: ['Kafka', 'PostgreSQL'],
} as const;

export type StrikeName = keyof typeof STRIKES;

/** Strikes drawn from a start number, in the order of their times. */
export function drawPlan(random: Random, count: number, overMs: number): Strike[] {
  return Array.from({ length: count }, () => {
    const fault = random.pick(Object.keys(STRIKES) as StrikeName[]);
    const target = random.pick<string>(STRIKES[fault]);
    return { atMs: random.whole(0, overMs), fault, target, forMs: random.whole(200, 5_000) };
  }).toSorted((a, b) => a.atMs - b.atMs);
}

/** The same failure with fewer strikes: drops halves, then single ones, as long as it still fails. */
export async function shrink(
  plan: readonly Strike[],
  stillFails: (plan: readonly Strike[]) => Promise<boolean>,
  mostTries = 20,
): Promise<readonly Strike[]> {
  let [smallest, tries] = [plan, 0];
  for (let size = plan.length >> 1; size >= 1 && tries < mostTries; size = size >> 1) {
    for (let from = 0; from < smallest.length && smallest.length > size && tries < mostTries;) {
      const fewer = smallest.filter((_strike, index) => index < from || index >= from + size);
      tries += 1;
      if (await stillFails(fewer)) smallest = fewer;
      else from += size;
    }
  }
  return smallest;
}
