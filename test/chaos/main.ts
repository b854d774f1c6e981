// Nothing lost, nothing doubled, whatever dies: npm run chaos [-- --only F10,F18 --seed N --json]
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeOf, type Fault } from './faults/fault.js';
import { DEFAULT_FAULTS } from './faults/index.js';
import { History } from './history.js';
import { startStack } from './stack.js';
import { type Ground, type Outcome, tryFault } from './trial.js';
import { readVitals } from './vitals.js';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1_000).toFixed(1).padStart(6);
const say = (line: string): void => console.error(`${seconds()} s  ${line}`);

const START_NUMBERS = [1, 2];
const folder = join('.simpul', 'chaos', `run-${process.pid}`);

function chosen(): Fault[] {
  const wanted = flags.only?.split(',').map((code) => code.trim().toUpperCase());
  const faults = DEFAULT_FAULTS.filter((fault) => !wanted || wanted.includes(codeOf(fault)));
  if (faults.length === 0) throw new Error(`There is no fault ${flags.only}`);
  return faults;
}

async function main(): Promise<boolean> {
  const faults = chosen();
  const seeds = flags.seed === undefined ? START_NUMBERS : [Number(flags.seed)];
  mkdirSync(folder, { recursive: true });
  const history = new History(join(folder, 'history.jsonl'));
  say(`Starting the installation; what it says is in ${folder}`);
  const stack = await startStack(folder, seeds[0] ?? 1, say);
  const outcomes: Outcome[] = [];
  try {
    const ground: Ground = {
      stack,
      history,
      say,
      planted: [],
      known: new Set<string>(),
      baseline: await readVitals(stack.apps),
    };
    for (const seed of seeds)
      for (const fault of faults) outcomes.push(await tell(await tryFault(ground, fault, seed)));
  } finally {
    await stack.stop();
    history.close();
  }
  report(outcomes);
  const isGood = outcomes.every(({ misses }) => misses.length === 0);
  if (isGood) rmSync(folder, { recursive: true, force: true });
  return isGood;
}

async function tell(outcome: Outcome): Promise<Outcome> {
  const { fault, seed, misses, acknowledged, recoveredMs } = outcome;
  const recovered = recoveredMs === undefined ? 'not recovered' : `recovered in ${(recoveredMs / 1_000).toFixed(1)} s`;
  const verdict = misses.length === 0 ? 'holds' : `${misses.length} MISSES`;
  say(`${fault}, start number ${seed}: ${verdict}; ${acknowledged} acknowledged, ${recovered}`);
  for (const { invariant, what, loss } of misses.slice(0, 10))
    say(`    ${invariant} ${what}${loss ? ` (${loss})` : ''}`);
  return outcome;
}

function report(outcomes: readonly Outcome[]): void {
  if (flags.json) return console.log(JSON.stringify({ outcomes, seconds: Number(seconds()) }));
  console.table(
    outcomes.map(({ fault, seed, seconds: took, acknowledged, recoveredMs, misses }) => ({
      fault,
      'start number': seed,
      seconds: Number(took.toFixed(1)),
      acknowledged,
      'recovered s': recoveredMs === undefined ? '-' : Number((recoveredMs / 1_000).toFixed(1)),
      misses: misses.length,
    })),
  );
}

process.exitCode = (await main()) ? 0 : 1;
