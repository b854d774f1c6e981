// Measures the product against its targets and its peers, with real servers on this computer: npm run bench -- [--only names] [--rounds N]
// [--quick] [--json]. A full run writes docs/performance.md.
import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { tellAll } from './details.js';
import { runOnGround } from './ground.js';
import { promisesOf } from './promise.js';
import { REPORT, writeReport } from './report.js';
import { tableOf } from './result.js';
import { lengthsOf, type Measured, measureRounds } from './rounds.js';
import type { Workload } from './workload.js';
import { chooseWorkloads } from './workloads.js';

interface Flags {
  only?: readonly Workload[];
  rounds?: number;
  quick?: true;
  json?: true;
}

const FULL_ROUNDS = 3;

const wholeRounds = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0');
  return value;
};

const workloads = (text: string): readonly Workload[] => {
  try {
    return chooseWorkloads(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
};

const flags = new Command('bench')
  .description('Measures against the targets / Mengukur terhadap target')
  .option('--only <names>', 'workloads or S1…S12, with commas / beban kerja atau S1…S12, dipisah koma', workloads)
  .option('--rounds <n>', `${FULL_ROUNDS} unless quick / ${FULL_ROUNDS} kecuali cepat`, wholeRounds)
  .option('--quick', 'one round of small counts, 3 minutes at most / satu putaran kecil, paling lama 3 menit')
  .option('--json', 'one JSON object on standard output / satu objek JSON di keluaran standar')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Flags>();

const isQuick = flags.quick === true;
const rounds = flags.rounds ?? (isQuick ? 1 : FULL_ROUNDS);
const chosen = flags.only ?? chooseWorkloads();
const started = performance.now();
const secondsSoFar = (): number => (performance.now() - started) / 1_000;
/** What people read: standard output belongs to the JSON object alone where one is asked for. */
const print = (text: string): void => (flags.json ? console.error(text) : console.log(text));
const say = (line: string): void => print(`${secondsSoFar().toFixed(1).padStart(6)} s  ${line}`);

function tell({ machine, results }: Measured): void {
  print(`\n${tableOf(results).join('\n')}\n`);
  print(`A round takes, in seconds: ${tellAll(lengthsOf(results))}`);
  print(tellAll({ ...machine, rounds }));
  if (machine && !isQuick && !flags.only) {
    writeReport(results, { machine, rounds, seconds: secondsSoFar() });
    print(`Written: ${REPORT}`);
  }
}

async function main(): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('Stopping');
      stopping.abort();
    });
  }
  try {
    const measured = await measureRounds({
      workloads: chosen,
      rounds,
      isQuick,
      say,
      stop: stopping.signal,
      run: runOnGround,
    });
    const { machine, results } = measured;
    // What a run cannot know is not missed.
    const ok = results.every(({ figures }) => figures.every(({ met }) => met !== false));
    tell(measured);
    if (flags.json) console.log(JSON.stringify({ ok, ...promisesOf(results), machine, rounds, results }));
    return ok ? 0 : 1;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    throw error;
  }
}

process.exitCode = await main();
