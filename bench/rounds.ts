import type { Machine } from './machine.js';
import { judge, type Result } from './result.js';
import type { Outcome, Stage, Workload } from './workload.js';

export interface Measured {
  machine: Machine | undefined;
  results: Result[];
}

export interface RoundsPlan extends Stage {
  workloads: readonly Workload[];
  rounds: number;
  /** One round of one workload. */
  run(workload: Workload, stage: Stage): Promise<{ machine: Machine; outcome: Outcome }>;
}

const LENGTH = 'a round takes, s';
/** Longer than any workload takes that says nothing else. */
const MINUTES = 10;

/**
 * Round by round through all workloads, so that a slow hour of the computer meets each of them. One that fails or does not end in time is a
 * fault of its own round: the others are measured all the same. Rejects only when it is told to stop.
 */
export async function measureRounds(plan: RoundsPlan): Promise<Measured> {
  const { workloads, rounds, say } = plan;
  const outcomes = new Map<Workload, Outcome[]>(workloads.map((workload) => [workload, []]));
  let machine: Machine | undefined;
  for (let round = 1; round <= rounds; round++) {
    for (const [workload, measured] of outcomes) {
      if (workload.once && round > 1) continue;
      if (plan.isQuick && workload.notQuick !== undefined) {
        measured.push({ values: {}, details: {}, unknown: `not in a quick run: ${workload.notQuick}` });
        continue;
      }
      say(`${workload.name}, round ${round} of ${rounds}`);
      const run = await runOne(plan, workload);
      machine ??= run.machine;
      measured.push(run.outcome);
    }
  }
  return { machine, results: [...outcomes].map(([workload, measured]) => judge(workload, measured)) };
}

async function runOne(
  { isQuick, say, stop, run }: RoundsPlan,
  workload: Workload,
): Promise<{ machine?: Machine; outcome: Outcome }> {
  const minutes = workload.minutes ?? MINUTES;
  const late = AbortSignal.timeout(minutes * 60_000);
  const started = performance.now();
  try {
    const { machine, outcome } = await run(workload, { isQuick, say, stop: AbortSignal.any([stop, late]) });
    const seconds = Math.round((performance.now() - started) / 1_000);
    return { machine, outcome: { ...outcome, details: { ...outcome.details, [LENGTH]: seconds } } };
  } catch (error) {
    if (stop.aborted) throw error;
    const why = late.aborted ? `not ended after ${minutes} minutes` : firstLineOf(error);
    say(`${workload.name} was not measured: ${error instanceof Error ? (error.stack ?? why) : why}`);
    return { outcome: { values: {}, details: {}, fault: `not measured: ${why}` } };
  }
}

const firstLineOf = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';

/** Seconds of a round, by workload. */
export const lengthsOf = (results: readonly Result[]): Record<string, number> =>
  Object.fromEntries(results.flatMap(({ name, details }) => (LENGTH in details ? [[name, details[LENGTH]]] : [])));
