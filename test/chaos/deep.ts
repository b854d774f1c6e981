import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fault } from './faults/fault.js';
import { DEEP_FAULTS, DEFAULT_FAULTS } from './faults/index.js';
import { plannedStrikes } from './faults/planned-strikes.fault.js';
import { drawPlan, shrink, type Strike } from './plan.js';
import { Random } from './random.js';
import type { Outcome } from './trial.js';

/** One trial of the deep tier; what is done is kept, so that a broken run can go on. */
export interface Slice {
  name: string;
  fault: Fault;
  seed: number;
  /** Of a plan drawn from the start number: it shrinks when it fails. */
  plan?: readonly Strike[];
}

const STATE = join('.simpul', 'chaos', 'deep.json');
const ROUNDS = 5;
const PLANS = 10;
const STRIKES = 8;
const OVER_MS = 20_000;

/** Every fault with several start numbers, then plans of several faults at the same time. */
export function listSlices(firstSeed: number): Slice[] {
  const faults = [...DEFAULT_FAULTS, ...DEEP_FAULTS];
  const named = Array.from({ length: ROUNDS }, (_, round) =>
    faults.map((fault): Slice => {
      const seed = firstSeed + round;
      return { name: `${fault.name}/${seed}`, fault, seed };
    }),
  ).flat();
  const planned = Array.from({ length: PLANS }, (_, index): Slice => {
    const seed = firstSeed + index;
    const plan = drawPlan(new Random(`plan ${seed}`), STRIKES, OVER_MS);
    return { name: `plan/${seed}`, fault: plannedStrikes(plan), seed, plan };
  });
  return [...named, ...planned];
}

/** Names of slices that held, from an earlier run. */
export function readDone(): Set<string> {
  return existsSync(STATE) ? new Set(JSON.parse(readFileSync(STATE, 'utf8')) as string[]) : new Set();
}

export function writeDone(done: ReadonlySet<string>): void {
  mkdirSync(dirname(STATE), { recursive: true });
  writeFileSync(STATE, `${JSON.stringify([...done])}\n`);
}

/** The strikes without which a plan would not have failed. */
export function shrinkPlan(
  plan: readonly Strike[],
  seed: number,
  attempt: (fault: Fault, seed: number) => Promise<Outcome>,
): Promise<readonly Strike[]> {
  return shrink(plan, async (fewer) => (await attempt(plannedStrikes(fewer), seed)).misses.length > 0);
}
