// Where servers keep their files. PostgreSQL refuses to run as root, and another user cannot reach a project that lies
// below root's closed home: what it needs then moves to a folder that everybody can pass through.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The folder with our package.json, seen from the sources or from dist. */
export const projectFolder = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** What runs on this computer keeps its files here; git ignores it. */
export const workFolder = join(projectFolder, '.simpul');

/** Where a running `npm run local -- up` says how to reach it. */
export const localFile = join(workFolder, 'local.json');

const id = (/** @type {string} */ flag, /** @type {string} */ user) =>
  Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());

/**
 * The user that PostgreSQL runs as: undefined means the present one.
 * @returns {{ uid: number, gid: number } | undefined}
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      continue; // no such user here: the next one will do
    }
  }
  throw new Error('PostgreSQL does not run as root and there is neither a user postgres nor nobody');
}

/**
 * Can any user pass through every folder down to this one?
 * @param {string} path absolute
 */
export function isOpenToAll(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

/**
 * Our own folder below the system's temporary one, the same for the same key.
 * @param {string} key
 */
function openFolder(key) {
  const name = `simpul-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  const folder = join(tmpdir(), name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  // The name can be guessed: a folder that somebody else put there must not become ours.
  const seen = lstatSync(folder);
  if (!seen.isDirectory() || seen.uid !== process.getuid?.()) throw new Error(`${folder} is not ours: remove it`);
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * The same folder where the servers can reach it, else one for it under the temporary folder.
 * @param {string} wanted
 */
export function reachable(wanted) {
  const folder = resolve(wanted);
  if (process.getuid?.() !== 0 || isOpenToAll(folder)) return folder;
  return openFolder(folder);
}

/** A new empty folder that goes away with the servers. */
export function throwAwayFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'simpul-servers-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Downloads kept between projects and runs. */
export function cacheFolder() {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'simpul');
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return openFolder('cache'); // a home that cannot be written to, as in some containers
  }
}
