// A server process that cannot outlive us.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * @typedef {object} Order what the guard is to run
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {Record<string, string>} [env]
 * @property {string} log file that takes the server's output
 * @property {string} pidFile written while the server runs
 * @property {string} [lockFile] the server's own, wrong once the server was killed
 * @property {NodeJS.Signals} stopSignal asks for a clean stop
 * @property {number} patienceMs then SIGKILL
 * @property {{ uid: number, gid: number }} [user]
 * @property {string} [removeWhenAlone] folder to remove after the server when the parent is gone
 *
 * @typedef {object} Guarded
 * @property {number} pid the server's, not the guard's
 * @property {boolean} running
 * @property {Promise<string>} ended says how
 * @property {() => Promise<void>} stop clean, then not
 * @property {() => Promise<void>} kill9
 */

/**
 * Starts a server under a guard and waits for its process, not for its readiness.
 * @param {Order} order
 * @returns {Promise<Guarded>}
 */
export async function startGuarded(order) {
  await endOrphan(order);
  // Anybody may read arguments; the environment is ours alone, and may hold secrets.
  const { env, ...told } = order;
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard.mjs'), JSON.stringify(told)], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  guard.stdin.on('error', () => undefined); // the guard ended first: `ended` tells
  const guardEnded = once(guard, 'exit');
  const state = { pid: 0, running: false, how: `cannot run ${order.command}` };
  const started = new Promise((done) => {
    createInterface({ input: guard.stdout })
      .on('line', (line) => {
        note(state, JSON.parse(line));
        if (state.pid > 0) done(undefined);
      })
      .once('close', done);
  });
  const ended = guardEnded.then(() => {
    // Only if somebody killed the guard itself: then its server is ours to end.
    if (state.running) signal(state.pid, 'SIGKILL');
    state.running = false;
    return state.how;
  });
  await started;
  if (state.pid === 0) throw new Error(await ended);
  return handleOf(state, ended, () => guard.stdin.end('stop\n'));
}

/**
 * Takes down what the guard says of its server.
 * @param {{ pid: number, running: boolean, how: string }} state
 * @param {{ pid?: number, failed?: string, code?: number, signal?: string }} said
 */
function note(state, said) {
  if (said.pid) Object.assign(state, { pid: said.pid, running: true, how: 'its guard was killed' });
  else {
    state.running = false;
    state.how = said.failed ?? (said.signal ? `signal ${said.signal}` : `code ${said.code}`);
  }
}

/**
 * @param {{ pid: number, running: boolean }} state
 * @param {Promise<string>} ended
 * @param {() => void} askToStop
 * @returns {Guarded}
 */
function handleOf(state, ended, askToStop) {
  return {
    pid: state.pid,
    get running() {
      return state.running;
    },
    ended,
    async stop() {
      askToStop();
      await ended;
    },
    async kill9() {
      if (state.running) signal(state.pid, 'SIGKILL');
      await ended;
    },
  };
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals | 0} name
 * @returns {boolean} whether there was such a process
 */
export function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * A server whose guard was killed together with its parent still holds the data: end it. One whose guard lives belongs
 * to somebody else.
 * @param {Order} order
 */
async function endOrphan({ pidFile, lockFile }) {
  if (!existsSync(pidFile)) return;
  const { server, guard } = JSON.parse(readFileSync(pidFile, 'utf8') || '{}');
  // After a restart of the computer the same number may be anybody's: only one that names this folder is ours.
  const isOurs = (/** @type {number} */ pid) => pid > 0 && commandOf(pid).includes(dirname(pidFile));
  if (isOurs(server) && isOurs(guard)) throw new Error(`in use by process ${server}: ${pidFile}`);
  if (isOurs(server)) signal(server, 'SIGKILL');
  await until(async () => !isOurs(server) || undefined, { withinMs: 5_000, what: `end of ${server}` });
  // PostgreSQL takes a dead process that nobody collected (as in containers without an init) for a living one.
  if (lockFile) rmSync(lockFile, { force: true });
}

/**
 * Does this process run? One that ended but was not collected by its parent does not.
 * @param {number} pid
 */
export const isAlive = (pid) => (existsSync('/proc/self/cmdline') ? commandOf(pid) !== '' : signal(pid, 0));

const commandOf = (/** @type {number} */ pid) => {
  const file = `/proc/${pid}/cmdline`;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // ended, or a system without /proc: then nothing is known and nothing is killed
  }
};

/**
 * Asks again and again until there is an answer.
 * @template T
 * @param {() => Promise<T | undefined>} ask
 * @param {{ withinMs: number, what: string }} limits
 * @returns {Promise<T>}
 */
export async function until(ask, { withinMs, what }) {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Free until somebody listens: the same number must not be found twice meanwhile. @type {Set<number>} */
const given = new Set();

/**
 * A free port on the loopback address: the preferred one, if it is.
 * @param {number} [preferred]
 * @returns {Promise<number>}
 */
export async function freePort(preferred = 0) {
  const server = createServer();
  const got = await new Promise((done) => {
    server.once('error', () => done(undefined));
    server.listen(preferred, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });
  if (got === undefined || (preferred === 0 && given.has(got))) return freePort();
  given.add(got);
  return got;
}

/**
 * The end of a server's log, for an error that says why.
 * @param {string} file
 */
export function lastLines(file) {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
