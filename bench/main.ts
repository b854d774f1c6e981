// Measures the product against its targets, with real servers on this computer: npm run bench -- [--only names] [--rounds N] [--json]
import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { SOURCES } from '../tools/demo/plan/agencies.js';
import { install } from '../tools/installation/installation.js';
import { lookAtMachine, type Machine } from './machine.js';
import { judge, type Result, tableOf } from './result.js';
import type { Outcome, Workload } from './workload.js';
import { chooseWorkloads } from './workloads.js';

interface Flags {
  only?: readonly Workload[];
  rounds: number;
  json?: true;
}

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
  .option('--only <names>', 'workloads, with commas / beban kerja, dipisah koma', workloads)
  .option('--rounds <n>', 'times that each is run / berapa kali tiap beban dijalankan', wholeRounds, 1)
  .option('--json', 'last line is one JSON object / baris terakhir satu objek JSON')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Flags>();

const started = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${line}`);

/** One run with an installation of its own. */
async function runOnce(workload: Workload, stop: AbortSignal): Promise<{ machine: Machine; outcome: Outcome }> {
  const installation = await install({ name: 'bench', sources: SOURCES, seed: 1, say, signal: stop });
  try {
    stop.throwIfAborted();
    const machine = await lookAtMachine(installation);
    return { machine, outcome: await workload.run({ installation, say, stop }) };
  } finally {
    say('Stopping the hub and the servers');
    await installation.stop();
  }
}

/** Round by round through all workloads, so that a slow hour of the computer meets each of them. */
async function runAll(
  chosen: readonly Workload[],
  stop: AbortSignal,
): Promise<{ machine: Machine | undefined; results: Result[] }> {
  const rounds = new Map<string, Outcome[]>(chosen.map(({ name }) => [name, []]));
  let machine: Machine | undefined;
  for (let round = 1; round <= flags.rounds; round++) {
    for (const workload of chosen) {
      say(`${workload.name}, round ${round} of ${flags.rounds}`);
      const run = await runOnce(workload, stop);
      machine ??= run.machine;
      rounds.get(workload.name)?.push(run.outcome);
    }
  }
  return { machine, results: chosen.map((workload) => judge(workload, rounds.get(workload.name) ?? [])) };
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
    const { machine, results } = await runAll(flags.only ?? chooseWorkloads(), stopping.signal);
    const ok = results.every(({ met }) => met);
    console.log(`\n${tableOf(results).join('\n')}\n`);
    console.log(
      Object.entries(machine ?? {})
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    );
    if (flags.json) console.log(JSON.stringify({ ok, machine, results }));
    return ok ? 0 : 1;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    throw error;
  }
}

process.exitCode = await main();
