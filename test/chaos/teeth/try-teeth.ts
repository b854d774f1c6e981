// Does the oracle bite? Each variant is the product with one mechanism taken out, built and tried like the product itself.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Builds } from '../crash-build.js';
import { type Fault, layoutNameOf } from '../faults/fault.js';
import { DEEP_FAULTS, DEFAULT_FAULTS } from '../faults/index.js';
import { LAYOUTS } from '../layout.js';
import { isHeld, type Outcome, PATIENT, tryFault, withGround } from '../trial.js';
import { listVariants, type Variant } from './variant.js';
import { buildVariant, folderOf } from './variant-build.js';

export interface TeethOptions {
  only: string[] | undefined;
  seed: number;
  say: (line: string) => void;
  stop: AbortSignal;
  json: boolean;
}

/** What became of one variant. */
interface Bite {
  variant: Variant;
  outcomes: Outcome[];
  /** It could not be built or started. */
  error?: string;
}

/** What never comes back need not be waited for long. */
const BRIEF = { settleMs: 8_000, drainMs: 8_000, mostSlowness: 1 };
const FAULTS = [...DEFAULT_FAULTS, ...DEEP_FAULTS];

/** True when every variant was caught by a named invariant, and every harmless one passed. */
export async function tryTeeth(options: TeethOptions): Promise<boolean> {
  const variants = chooseVariants(options.only);
  const bites: Bite[] = [];
  for (const variant of variants) {
    if (options.stop.aborted) break;
    const bite = await tryVariant(variant, options);
    bites.push(bite);
    tell(bite, options.say);
    if (isRight(bite)) rmSync(folderOf(variant), { recursive: true, force: true });
  }
  report(bites, options.json);
  return bites.length === variants.length && bites.every(isRight);
}

function chooseVariants(only: string[] | undefined): Variant[] {
  const variants = listVariants();
  const unknown = only?.filter((code) => !variants.some((variant) => variant.code === code)) ?? [];
  if (unknown.length > 0) throw new RangeError(`There is no variant ${unknown.join(', ')}`);
  return variants.filter(({ code }) => !only || only.includes(code));
}

async function tryVariant(variant: Variant, options: TeethOptions): Promise<Bite> {
  const outcomes: Outcome[] = [];
  try {
    const faults = variant.faults.map(findFault);
    options.say(`${variant.code} ${variant.name}: building`);
    const builds = await buildVariant(variant);
    await tryFaults({ variant, outcomes }, faults, builds, options);
    return { variant, outcomes };
  } catch (error) {
    return { variant, outcomes, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Until one shows it; on an installation for each layout that they ask for. */
async function tryFaults(
  { variant, outcomes }: Bite,
  faults: readonly Fault[],
  builds: Builds,
  { seed, say, stop }: TeethOptions,
): Promise<void> {
  const isOver = () => stop.aborted || outcomes.some((outcome) => isCaught(variant, outcome));
  const patience = variant.expected.length > 0 ? BRIEF : PATIENT;
  for (const [name, ofLayout] of Map.groupBy(faults, layoutNameOf)) {
    if (isOver()) return;
    const folder = join(folderOf(variant), 'run', name);
    const options = { layout: LAYOUTS[name], folder, seed, say, builds, patience, saysOnce: variant.saysOnce };
    await withGround(options, async (ground) => {
      for (const fault of ofLayout) if (!isOver()) outcomes.push(await tryFault(ground, fault, seed));
    });
  }
}

function findFault(begin: string): Fault {
  const fault = FAULTS.find(({ name }) => name.startsWith(`${begin} `));
  if (!fault) throw new RangeError(`there is no fault ${begin}`);
  return fault;
}

const isCaught = ({ expected }: Variant, { misses }: Outcome): boolean =>
  misses.some(({ invariant }) => expected.includes(invariant));

function isRight({ variant, outcomes, error }: Bite): boolean {
  if (error !== undefined) return false;
  if (variant.expected.length > 0) return outcomes.some((outcome) => isCaught(variant, outcome));
  return outcomes.length === variant.faults.length && outcomes.every(isHeld);
}

function caughtBy({ outcomes }: Bite): string {
  const invariants = new Set(outcomes.flatMap(({ misses }) => misses.map(({ invariant }) => invariant)));
  return [...invariants].toSorted().join(', ') || 'nobody';
}

function verdictOf(bite: Bite): string {
  if (bite.error !== undefined) return 'NOT TRIED';
  if (bite.variant.expected.length > 0) return isRight(bite) ? 'caught' : 'NOT CAUGHT';
  return isRight(bite) ? 'passes' : 'DOES NOT PASS';
}

function tell(bite: Bite, say: (line: string) => void): void {
  const { variant, outcomes, error } = bite;
  say(`${variant.code} ${variant.name}: ${verdictOf(bite)}${error === undefined ? '' : ` (${error})`}`);
  for (const { fault, misses, seconds } of outcomes) {
    say(`    ${fault}, ${seconds.toFixed(1)} s: ${misses.length === 0 ? 'holds' : `${misses.length} misses`}`);
    for (const [invariant, ofOne] of Map.groupBy(misses, (miss) => miss.invariant))
      say(`      ${invariant} × ${ofOne.length}: ${ofOne[0]?.what}${ofOne[0]?.loss ? ` (${ofOne[0].loss})` : ''}`);
  }
}

/** As a table of Markdown, so that it can stand in a document as it was printed. */
function report(bites: readonly Bite[], json: boolean): void {
  const rows = bites.map((bite) => ({
    variant: `${bite.variant.code} ${bite.variant.name}`,
    fault: bite.outcomes.map(({ fault }) => fault.split(' ')[0]).join(', ') || bite.variant.faults.join(', '),
    expected: bite.variant.expected.join(' or ') || 'nobody',
    caughtBy: caughtBy(bite),
    verdict: verdictOf(bite),
  }));
  if (json) {
    console.log(JSON.stringify({ ok: bites.every(isRight), rows }));
    return;
  }
  console.log('\n| variant | fault | expected | caught by | verdict |\n| --- | --- | --- | --- | --- |');
  for (const row of rows) console.log(`| ${Object.values(row).join(' | ')} |`);
  console.log(`\n${bites.filter(isRight).length} of ${bites.length} as expected`);
}
