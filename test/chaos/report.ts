import { DEEP_EVENTS } from './deep.js';
import type { Outcome } from './trial.js';
import { isHeld } from './trial.js';

/** A line for each trial. */
export function tellTrials(outcomes: readonly Outcome[]): void {
  console.table(
    outcomes.map(({ fault, seed, seconds, acknowledged, recoveredMs, skipped, misses }) => ({
      fault,
      'start number': seed,
      seconds: Number(seconds.toFixed(1)),
      acknowledged,
      'recovered s': inSeconds(recoveredMs),
      misses: misses.length,
      skipped: skipped ?? '',
    })),
  );
}

/** A line for each fault, as Markdown, so that it can stand in a document as it was printed. */
export function tellFaults(outcomes: readonly Outcome[]): void {
  console.log('\n| fault | trials | held | accepted | recovered, middle s | slowest s | target s | not held |');
  console.log('| --- | --: | --: | --: | --: | --: | --: | --- |');
  for (const [fault, ofFault] of Map.groupBy(outcomes, (outcome) => outcome.fault)) {
    const times = ofFault.flatMap(({ recoveredMs }) => recoveredMs ?? []).toSorted((a, b) => a - b);
    const cells = [
      fault,
      ofFault.length,
      ofFault.filter(isHeld).length,
      acceptedIn(ofFault),
      inSeconds(times[times.length >> 1]),
      inSeconds(times.at(-1)),
      inSeconds(ofFault[0]?.targetMs),
      reasonsOf(ofFault),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** What a whole run of the deep tier amounts to; true when it may be believed. */
export function tellWhole(outcomes: readonly Outcome[], untried: readonly string[]): boolean {
  const { trials = [], comparisons = [] } = Object.groupBy(outcomes, (outcome) =>
    isTrial(outcome) ? 'trials' : 'comparisons',
  );
  tellFaults(trials);
  const [accepted, messages] = [acceptedIn(trials), acceptedIn(comparisons)];
  const held = outcomes.filter(isHeld).length;
  const same = comparisons.filter(isHeld).length;
  const told = (count: number): string => count.toLocaleString('en');
  console.log(`\n${held - same} of ${trials.length} trials held, ${told(accepted)} events accepted`);
  console.log(`${same} of ${comparisons.length} undisturbed runs of ${told(messages)} messages came to the same state`);
  if (untried.length > 0) console.log(`Not tried yet: ${untried.join(', ')}`);
  if (accepted < DEEP_EVENTS) console.log(`Too few: ${told(DEEP_EVENTS)} have to be accepted`);
  return held === outcomes.length && untried.length === 0 && accepted >= DEEP_EVENTS;
}

/** The others compare states when trials are over, and need no time to recover. */
const isTrial = ({ targetMs }: Outcome): boolean => targetMs !== undefined;

const acceptedIn = (outcomes: readonly Outcome[]): number =>
  outcomes.reduce((sum, { acknowledged }) => sum + acknowledged, 0);

const inSeconds = (ms: number | undefined): string => (ms === undefined ? '-' : (ms / 1_000).toFixed(1));

function reasonsOf(outcomes: readonly Outcome[]): string {
  const reasons = outcomes.flatMap(({ skipped, misses }) =>
    skipped === undefined ? misses.map(({ invariant }) => invariant) : `skipped: ${skipped}`,
  );
  return [...new Set(reasons)].join(', ');
}
