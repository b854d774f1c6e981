import { cpSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the product's processes are started from; those that must die at a named point, from the other one. */
export interface Builds {
  plain: string;
  crash: string;
}

export const BUILDS: Builds = { plain: 'dist', crash: join('.simpul', 'chaos', 'dist-crash') };
const REPLACED = join('libs', 'process', 'src', 'crash-point.js');
const REPLACEMENT = join(import.meta.dirname, 'crash-point.mjs');

/**
 * Makes the build whose processes can die at a named point: a copy of the plain one with exactly one module replaced. One that is there and right
 * stays, as the processes of another run may start from it.
 */
export function makeCrashBuild(builds: Builds): void {
  if (isMade(builds)) return;
  rmSync(builds.crash, { recursive: true, force: true });
  cpSync(builds.plain, builds.crash, { recursive: true });
  cpSync(REPLACEMENT, join(builds.crash, REPLACED));
  const differing = listDifferences(builds);
  if (differing.join() !== REPLACED) throw new Error(`the two builds differ in ${differing.join(', ') || 'nothing'}`);
}

const isMade = (builds: Builds): boolean =>
  existsSync(builds.crash) &&
  listDifferences(builds).join() === REPLACED &&
  readOrNothing(join(builds.crash, REPLACED)) === readOrNothing(REPLACEMENT);

/** Files that are not the same in both builds. */
function listDifferences({ plain, crash }: Builds): string[] {
  const files = new Set([...listFiles(plain), ...listFiles(crash)]);
  return [...files].filter((file) => readOrNothing(join(plain, file)) !== readOrNothing(join(crash, file)));
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(folder, file)).isFile());

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
