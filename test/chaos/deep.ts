import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Fault, layoutNameOf, layoutOf } from './faults/fault.js';
import { DEEP_FAULTS, DEFAULT_FAULTS } from './faults/index.js';
import { plannedStrikes } from './faults/planned-strikes.fault.js';
import { drawPlan, shrink, type Strike } from './plan.js';
import { Random } from './random.js';
import type { Outcome } from './trial.js';

/** One trial. */
export interface Slice {
  fault: Fault;
  seed: number;
  /** Slices of one group are tried on one installation. */
  group: string;
  /** Of a plan drawn from the start number: it shrinks when it fails. */
  plan?: readonly Strike[];
}

/** Outcomes of the deep tier, a line each as they come, so that a broken run can go on. */
const KEPT = join('.simpul', 'chaos', 'deep.jsonl');
const ROUNDS = 5;
const PLANS = 40;
const PLANS_TOGETHER = 4;
const STRIKES = 8;
const OVER_MS = 20_000;
/** What a whole run has to have accepted. */
export const DEEP_EVENTS = 1_000_000;

export const sliceName = ({ fault, seed }: Slice): string => `${fault.name}/${seed}`;

/** Every fault with several start numbers, then plans of several faults at the same time. */
export function listSlices(firstSeed: number): Slice[] {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => firstSeed + round);
  const named = rounds.flatMap((seed) =>
    [...DEFAULT_FAULTS, ...DEEP_FAULTS].map((fault) => ({ fault, seed, group: `${layoutNameOf(fault)} ${seed}` })),
  );
  const planned = Array.from({ length: PLANS }, (_, index): Slice => {
    const seed = firstSeed + index;
    const plan = drawPlan(new Random(`plan ${seed}`), STRIKES, OVER_MS);
    return { fault: plannedStrikes(plan), seed, plan, group: `plans ${Math.floor(index / PLANS_TOGETHER) + 1}` };
  });
  return [...named, ...planned];
}

/** The comparison that ends each group whose log is read again. */
export const hasComparison = ({ fault }: Slice): boolean => layoutOf(fault).isReadAgain === true;

/** What has not held yet; of a group that was never compared to its end, all of it. */
export function listPending(slices: readonly Slice[], held: ReadonlySet<string>): Slice[] {
  return [...Map.groupBy(slices, ({ group }) => group)].flatMap(([group, ofGroup]) => {
    const isCompared = held.has(group) || !ofGroup.some(hasComparison);
    return isCompared ? ofGroup.filter((slice) => !held.has(sliceName(slice))) : ofGroup;
  });
}

/** The last outcome of each slice and of each group's comparison, from earlier runs and this one. */
export function readKept(): Map<string, Outcome> {
  if (!existsSync(KEPT)) return new Map();
  const lines = readFileSync(KEPT, 'utf8').trimEnd().split('\n');
  return new Map(lines.map((line) => JSON.parse(line) as [name: string, outcome: Outcome]));
}

export function keep(name: string, outcome: Outcome): void {
  mkdirSync(dirname(KEPT), { recursive: true });
  appendFileSync(KEPT, `${JSON.stringify([name, outcome])}\n`);
}

export function forgetKept(): void {
  rmSync(KEPT, { force: true });
}

/** The strikes without which a plan would not have failed. */
export function shrinkPlan(
  plan: readonly Strike[],
  seed: number,
  attempt: (fault: Fault, seed: number) => Promise<Outcome>,
): Promise<readonly Strike[]> {
  return shrink(plan, async (fewer) => (await attempt(plannedStrikes(fewer), seed)).misses.length > 0);
}
