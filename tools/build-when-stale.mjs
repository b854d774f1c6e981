// Builds dist unless it is newer than every source. What it says goes to standard error: a tool's output stays clean.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = '.simpul/built'; // not in dist, which development watches
const entry = 'dist/apps/hub/src/main.js';
const lock = '.simpul/building'; // holds the number of the process that builds

/**
 * When anything that goes into the build was last written, in milliseconds.
 * @param {string} path
 * @returns {number}
 */
function lastWritten(path) {
  if (!existsSync(path)) return 0;
  const seen = statSync(path);
  if (!seen.isDirectory()) return /\.(ts|mjs|json)$/.test(path) ? seen.mtimeMs : 0;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((latest, name) => Math.max(latest, lastWritten(join(path, name))), 0);
}

const sources = [
  'apps',
  'libs',
  'tools',
  'bench',
  'test/chaos',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
const isFresh = () =>
  existsSync(entry) && existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...sources.map(lastWritten));

/** Is the process that holds the lock gone, as after a Ctrl-C? */
function isAbandoned() {
  try {
    const builder = Number(readFileSync(lock, 'utf8'));
    if (builder > 0) process.kill(builder, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/** One build at a time: it empties dist first. */
async function withLock(/** @type {() => void} */ work) {
  mkdirSync('.simpul', { recursive: true });
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EEXIST') throw error;
      // Nobody builds for two minutes.
      if (isAbandoned() || tries > 480) rmSync(lock, { force: true });
      await new Promise((next) => setTimeout(next, 250));
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Notes that dist holds the sources as they were then.
 * @param {Date} from
 */
export function noteBuilt(from) {
  mkdirSync('.simpul', { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, from, from);
}

export async function buildWhenStale() {
  if (!existsSync('nest-cli.json')) return; // a container image: built, and without sources
  if (isFresh()) return;
  await withLock(() => {
    if (isFresh()) return;
    console.error('Building (some seconds) …');
    const from = new Date();
    const { status } = spawnSync(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], {
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) {
      rmSync(lock, { force: true });
      process.exit(status ?? 1);
    }
    // A source written while we built must count as newer.
    noteBuilt(from);
  });
}
