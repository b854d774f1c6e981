// Nothing lost, nothing doubled, whatever dies:
//   npm run chaos                    every named fault with two start numbers
//   npm run chaos -- --only F10,F18  some of them; also those of the deep tier
//   npm run chaos -- --seed 7        one start number
//   npm run chaos -- --deep          many start numbers, more faults, and plans of several at the same time
//   npm run chaos -- --deep --resume goes on with what did not hold yet; tells of all at the end
//   npm run chaos -- --teeth         broken variants of the product: each must be caught; --only V5,V10 chooses
//   npm run chaos -- --json          the outcome as one line of JSON on standard output
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  forgetKept,
  hasComparison,
  keep,
  listPending,
  listSlices,
  readKept,
  shrinkPlan,
  type Slice,
  sliceName,
} from './deep.js';
import { codeOf, layoutNameOf, layoutOf } from './faults/fault.js';
import { DEEP_FAULTS, DEFAULT_FAULTS } from './faults/index.js';
import { tellTrials, tellWhole } from './report.js';
import { tryTeeth } from './teeth/try-teeth.js';
import { type Ground, isHeld, type Outcome, tryFault, withGround } from './trial.js';
import { compareWithUndisturbed } from './undisturbed.js';

const { values: flags } = parseArgs({
  options: {
    teeth: { type: 'boolean', default: false },
    deep: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1_000).toFixed(1);
const say = (line: string): void => console.error(`${seconds().padStart(6)} s  ${line}`);

const START_NUMBERS = [1, 2];
const folder = join('.simpul', 'chaos', `run-${process.pid}`);
const stopped = new AbortController();

const namedOnly = (): string[] | undefined => flags.only?.split(',').map((code) => code.trim().toUpperCase());
const deepSlices = (): Slice[] => listSlices(Number(flags.seed ?? 1));

/** What is to be tried, in order. */
function plan(): Slice[] {
  const wanted = namedOnly();
  const slices = flags.deep ? listPending(deepSlices(), listHeld()) : listNamed(wanted !== undefined);
  const chosen = slices.filter(({ fault }) => !wanted || wanted.includes(codeOf(fault)));
  if (chosen.length === 0 && !flags.deep) throw new Error(`There is no fault ${flags.only}`);
  return chosen;
}

const listHeld = (): Set<string> =>
  new Set([...readKept()].flatMap(([name, outcome]) => (isHeld(outcome) ? [name] : [])));

function listNamed(alsoDeep: boolean): Slice[] {
  const faults = alsoDeep ? [...DEFAULT_FAULTS, ...DEEP_FAULTS] : DEFAULT_FAULTS;
  const seeds = flags.seed === undefined ? START_NUMBERS : [Number(flags.seed)];
  return seeds.flatMap((seed) => faults.map((fault) => ({ fault, seed, group: layoutNameOf(fault) })));
}

async function main(): Promise<boolean> {
  const { signal: stop } = stopped;
  if (flags.teeth)
    return await tryTeeth({ only: namedOnly(), seed: Number(flags.seed ?? 1), say, stop, json: flags.json });
  return await tryFaults();
}

async function tryFaults(): Promise<boolean> {
  if (flags.deep && !flags.resume) forgetKept();
  const outcomes = await tryAll(plan());
  report(outcomes);
  const areGood = !stopped.signal.aborted && outcomes.every(isGood);
  if (areGood) rmSync(folder, { recursive: true, force: true });
  return flags.deep && !flags.only ? tellDeep() && areGood : areGood;
}

/** Of all that belongs to the deep tier, whenever it was tried. */
function tellDeep(): boolean {
  const slices = deepSlices();
  const names = new Set([...slices.map(sliceName), ...slices.filter(hasComparison).map(({ group }) => group)]);
  const kept = readKept();
  const outcomes = [...names].flatMap((name) => kept.get(name) ?? []);
  return tellWhole(
    outcomes,
    [...names].filter((name) => !kept.has(name)),
  );
}

/** On one installation for each group. */
async function tryAll(slices: readonly Slice[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [group, ofGroup] of Map.groupBy(slices, (slice) => slice.group)) {
    const possible = ofGroup.filter((slice) => {
      const reason = slice.fault.whyNot?.();
      if (reason !== undefined) outcomes.push(skip(slice, reason));
      return reason === undefined;
    });
    if (possible.length > 0 && !stopped.signal.aborted) outcomes.push(...(await tryOn(group, possible)));
  }
  return outcomes;
}

function skip(slice: Slice, skipped: string): Outcome {
  const { fault, seed } = slice;
  say(`${fault.name}, start number ${seed}: skipped: ${skipped}`);
  const { name, targetMs } = fault;
  const outcome = {
    fault: name,
    seed,
    seconds: 0,
    acknowledged: 0,
    recoveredMs: undefined,
    targetMs,
    misses: [],
    skipped,
  };
  if (flags.deep) keep(sliceName(slice), outcome);
  return outcome;
}

async function tryOn(group: string, slices: readonly Slice[]): Promise<Outcome[]> {
  const [first] = slices;
  if (!first) return [];
  const layout = layoutOf(first.fault);
  const { seed } = first;
  const place = join(folder, group.replaceAll(' ', '-'));
  return await withGround({ layout, folder: place, seed, say }, async (ground) => {
    say(`Under way: ${slices.length} trials (${group})`);
    const outcomes = await tryEach(ground, slices);
    if (layout.isReadAgain && !stopped.signal.aborted) {
      const compared = await compareWithUndisturbed(ground, seed);
      if (flags.deep) keep(group, compared);
      outcomes.push(compared);
    }
    return outcomes;
  });
}

async function tryEach(ground: Ground, slices: readonly Slice[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const slice of slices) if (!stopped.signal.aborted) outcomes.push(await trySlice(ground, slice));
  return outcomes;
}

/** What cannot be brought about here is no failure; only the deep tier does not go without it. */
const isGood = (outcome: Outcome): boolean => isHeld(outcome) || (outcome.misses.length === 0 && !flags.deep);

async function trySlice(ground: Ground, slice: Slice): Promise<Outcome> {
  const { fault, seed, plan: strikes } = slice;
  const outcome = await tryFault(ground, fault, seed);
  tell(outcome);
  if (flags.deep) keep(sliceName(slice), outcome);
  if (strikes && outcome.misses.length > 0) {
    const fewer = await shrinkPlan(strikes, seed, (smaller, again) => tryFault(ground, smaller, again));
    say(`    it fails with these strikes alone: ${JSON.stringify(fewer)}`);
  }
  return outcome;
}

function tell({ fault, seed, misses, acknowledged, recoveredMs }: Outcome): void {
  const recovered = recoveredMs === undefined ? 'not recovered' : `recovered in ${(recoveredMs / 1_000).toFixed(1)} s`;
  const verdict = misses.length === 0 ? 'holds' : `${misses.length} MISSES`;
  say(`${fault}, start number ${seed}: ${verdict}; ${acknowledged} acknowledged, ${recovered}`);
  for (const { invariant, what, loss } of misses.slice(0, 10))
    say(`    ${invariant} ${what}${loss ? ` (${loss})` : ''}`);
}

function report(outcomes: readonly Outcome[]): void {
  const held = outcomes.filter(isHeld).length;
  if (flags.json) {
    console.log(JSON.stringify({ ok: outcomes.every(isGood), seconds: Number(seconds()), outcomes }));
    return;
  }
  tellTrials(outcomes);
  const skipped = outcomes.filter((outcome) => outcome.skipped !== undefined).length;
  console.log(`${held} of ${outcomes.length} trials held, ${skipped} skipped, in ${seconds()} s`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    say('Stopping after this trial');
    stopped.abort();
  });
process.exitCode = (await main()) ? 0 : 1;
