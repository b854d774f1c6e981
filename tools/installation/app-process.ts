import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Guarded, lastLines, startGuarded, until } from '../local/guarded.mjs';
import { projectFolder } from '../local/places.mjs';
import { nodeFlagsOf } from '../node-flags.mjs';

export interface AppOrder {
  /** A folder of apps/, built. */
  app: string;
  args?: readonly string[];
  /** Takes the log and a note of the process. */
  folder: string;
  /** Configuration, OPERATORS_PORT at least. */
  env: Readonly<Record<string, string>>;
}

/** A running app that comes back when it ends without being asked to, and never outlives this process. */
export interface AppProcess {
  /** The process id of the app; 0 while it does not run. */
  readonly pid: number;
  log: string;
  /** Waits for its readiness. Throws with the end of its log. */
  untilReady(signal?: AbortSignal): Promise<void>;
  /** kill -9, and until it is dead. */
  kill9(): Promise<void>;
  stop(): Promise<void>;
}

const AGAIN_MS = 200;
/** An app ends within 10 s; one that is thrown away with its data need not finish everything. */
const PATIENCE_MS = 4_000;

export function startApp({ app, args = [], folder, env }: AppOrder): AppProcess {
  const log = join(folder, `${app}.log`);
  const start = (): Promise<Guarded> =>
    startGuarded({
      command: process.execPath,
      args: [...nodeFlagsOf(app), `dist/apps/${app}/src/main.js`, ...args],
      cwd: projectFolder,
      env: { KAFKAJS_NO_PARTITIONER_WARNING: '1', ...env },
      log,
      pidFile: join(folder, `${app}.json`),
      stopSignal: 'SIGTERM',
      patienceMs: PATIENCE_MS,
    });
  const stopping = new AbortController();
  let now: Guarded | undefined;
  const running = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      now = await start();
      if (stopping.signal.aborted) await now.stop();
      await now.ended;
      await pause(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const supervision = running();
  return {
    get pid() {
      return now?.running ? now.pid : 0;
    },
    log,
    untilReady: (signal) => untilReady({ app, log, port: env['OPERATORS_PORT'] ?? '' }, signal),
    kill9: async () => now?.kill9(),
    stop: async () => {
      stopping.abort();
      await now?.stop();
      await supervision;
    },
  };
}

async function untilReady(
  { app, log, port }: { app: string; log: string; port: string },
  signal?: AbortSignal,
): Promise<void> {
  const isReady = async (): Promise<true | undefined> => {
    signal?.throwIfAborted();
    try {
      return (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok || undefined;
    } catch {
      return undefined; // not listening yet
    }
  };
  try {
    await until(isReady, { withinMs: 60_000, what: `${app} is ready` });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new Error(`${app} does not become ready:\n${lastLines(log)}`, { cause });
  }
}
