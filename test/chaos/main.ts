// Nothing lost, nothing doubled, whatever dies:
//   npm run chaos                    every named fault with two start numbers
//   npm run chaos -- --only F10,F18  some of them; also those of the deep tier
//   npm run chaos -- --seed 7        one start number
//   npm run chaos -- --deep          many start numbers, more faults, and plans of several at the same time
//   npm run chaos -- --deep --resume goes on with what did not hold yet
//   npm run chaos -- --teeth         broken variants of the product: each must be caught; --only V5,V10 chooses
//   npm run chaos -- --json          the outcome as one line of JSON on standard output
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listSlices, readDone, shrinkPlan, type Slice, writeDone } from './deep.js';
import { codeOf } from './faults/fault.js';
import { DEEP_FAULTS, DEFAULT_FAULTS } from './faults/index.js';
import { type Layout, type LayoutName, LAYOUTS } from './layout.js';
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

/** What is to be tried, in order. */
function plan(done: ReadonlySet<string>): Slice[] {
  const wanted = namedOnly();
  const slices = flags.deep
    ? listSlices(Number(flags.seed ?? 1)).filter(({ name }) => !done.has(name))
    : listNamed(wanted !== undefined);
  const chosen = slices.filter(({ fault }) => !wanted || wanted.includes(codeOf(fault)));
  if (chosen.length === 0) throw new Error(flags.only ? `There is no fault ${flags.only}` : 'Everything held already');
  return chosen;
}

function listNamed(alsoDeep: boolean): Slice[] {
  const faults = alsoDeep ? [...DEFAULT_FAULTS, ...DEEP_FAULTS] : DEFAULT_FAULTS;
  const seeds = flags.seed === undefined ? START_NUMBERS : [Number(flags.seed)];
  return seeds.flatMap((seed) => faults.map((fault) => ({ name: `${fault.name}/${seed}`, fault, seed })));
}

async function main(): Promise<boolean> {
  if (flags.teeth)
    return await tryTeeth({
      only: namedOnly(),
      seed: Number(flags.seed ?? 1),
      say,
      stop: stopped.signal,
      json: flags.json,
    });
  const done = flags.deep && flags.resume ? readDone() : new Set<string>();
  const slices = plan(done);
  const outcomes = await tryAll(slices, done);
  report(outcomes);
  const areGood = !stopped.signal.aborted && outcomes.every(isGood);
  if (areGood) rmSync(folder, { recursive: true, force: true });
  return areGood;
}

/** On one installation for each layout that is asked for. */
async function tryAll(slices: readonly Slice[], done: Set<string>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [layout, ofLayout] of Map.groupBy(slices, ({ fault }) => fault.layout ?? 'usual')) {
    const possible = ofLayout.filter((slice) => {
      const reason = slice.fault.whyNot?.();
      if (reason !== undefined) outcomes.push(skip(slice, reason));
      return reason === undefined;
    });
    if (possible.length > 0 && !stopped.signal.aborted) outcomes.push(...(await tryOn(layout, possible, done)));
  }
  return outcomes;
}

function skip({ fault, seed }: Slice, skipped: string): Outcome {
  say(`${fault.name}, start number ${seed}: skipped: ${skipped}`);
  return { fault: fault.name, seed, seconds: 0, acknowledged: 0, recoveredMs: undefined, misses: [], skipped };
}

async function tryOn(layout: LayoutName, slices: readonly Slice[], done: Set<string>): Promise<Outcome[]> {
  const parts: Layout = LAYOUTS[layout];
  const seed = slices[0]?.seed ?? 1;
  return await withGround({ layout: parts, folder: join(folder, layout), seed, say }, async (ground) => {
    say(`Under way: ${slices.length} trials`);
    const outcomes = await tryEach(ground, slices, done);
    if (parts.isReadAgain && !stopped.signal.aborted) outcomes.push(await compareWithUndisturbed(ground, seed));
    return outcomes;
  });
}

async function tryEach(ground: Ground, slices: readonly Slice[], done: Set<string>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const slice of slices) if (!stopped.signal.aborted) outcomes.push(await trySlice(ground, slice, done));
  return outcomes;
}

/** What cannot be brought about here is no failure; only the deep tier does not go without it. */
const isGood = (outcome: Outcome): boolean => isHeld(outcome) || (outcome.misses.length === 0 && !flags.deep);

async function trySlice(
  ground: Ground,
  { name, fault, seed, plan: strikes }: Slice,
  done: Set<string>,
): Promise<Outcome> {
  const outcome = await tryFault(ground, fault, seed);
  tell(outcome);
  if (flags.deep && isHeld(outcome)) writeDone(done.add(name));
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
  console.table(
    outcomes.map(({ fault, seed, seconds: took, acknowledged, recoveredMs, skipped, misses }) => ({
      fault,
      'start number': seed,
      seconds: Number(took.toFixed(1)),
      acknowledged,
      'recovered s': recoveredMs === undefined ? '-' : Number((recoveredMs / 1_000).toFixed(1)),
      misses: misses.length,
      skipped: skipped ?? '',
    })),
  );
  const skipped = outcomes.filter((outcome) => outcome.skipped !== undefined).length;
  console.log(`${held} of ${outcomes.length} trials held, ${skipped} skipped, in ${seconds()} s`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    say('Stopping after this trial');
    stopped.abort();
  });
process.exitCode = (await main()) ? 0 : 1;
