// A synthetic kelurahan and its five agencies fill one registry: npm run demo -- [--persons N] [--days N] [--exit] [--json]
// Exit code: 0 everything adds up, 1 it does not, 2 wrong flags, 130 ended by Ctrl-C before the days were over.
import 'reflect-metadata';
import { once } from 'node:events';
import { relative } from 'node:path';
import { CommanderError } from 'commander';
import { install, type Installation } from '../installation/installation.js';
import { forgetDemo, noteDemo } from '../source/demo-file.js';
import { SOURCES } from './plan/agencies.js';
import { makePopulation } from './population/population.js';
import { type Flags, readFlags } from './run/flags.js';
import { Month } from './run/month.js';
import { whatToOpen } from './run/report.js';

const INTERRUPTED = 130;
/** Servers and hub have guards of their own: they end with this process, whatever it was waiting for. */
const GIVE_UP_MS = 9_000;

const today = (): string => new Date().toISOString().slice(0, 10);

function flagsOrExit(): Flags {
  try {
    return readFlags(process.argv.slice(2), today());
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exit(error.exitCode === 0 ? 0 : 2);
  }
}

const flags = flagsOrExit();
const plan = { name: 'demo', sources: SOURCES, seed: flags.seed, registryApart: flags.kill?.registry !== undefined };
const started = performance.now();
const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
const stop = new AbortController();
const stopped = once(stop.signal, 'abort');
const say = (line: string): void => {
  if (!stop.signal.aborted) console.log(`${seconds().toFixed(1).padStart(6)} s  ${line}`);
};

/** The first signal asks for the end, the second takes it. */
function onSignal(): void {
  if (stop.signal.aborted) process.exit(INTERRUPTED);
  say('Stopping: the servers and all data of this demonstration go with it');
  stop.abort();
  setTimeout(() => process.exit(INTERRUPTED), GIVE_UP_MS).unref();
}

/** What a signal cuts off is nothing; what is cut off goes on until the process ends. */
const unlessStopped = <T>(work: Promise<T>): Promise<T | undefined> =>
  Promise.race([work, stopped.then(() => undefined)]);

async function run(installation: Installation): Promise<number> {
  const population = makePopulation(flags);
  const month = new Month({ flags, population, installation, say, seconds });
  const ok = await unlessStopped(month.run());
  if (ok === undefined) return INTERRUPTED;
  if (!flags.exit) {
    const { url, registryUrl, log } = installation;
    const opening = { url, registryUrl, log: relative('', log), nik: month.someone(), pauseSeconds: flags.pause };
    console.log(whatToOpen(opening));
    await unlessStopped(month.goOn(today));
  }
  return ok ? 0 : 1;
}

async function main(): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  let installation: Installation | undefined;
  try {
    installation = await install({ ...plan, say, signal: stop.signal });
    noteDemo({ url: installation.url, clients: installation.folder });
    return await run(installation);
  } catch (error) {
    if (stop.signal.aborted) return INTERRUPTED;
    // Before there is an installation, the words say what this computer lacks.
    console.error(installation || !(error instanceof Error) ? error : error.message);
    return 1;
  } finally {
    if (installation) forgetDemo(installation.url);
    await installation?.stop();
  }
}

process.exit(await main());
