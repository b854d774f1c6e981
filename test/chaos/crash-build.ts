import { cpSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const BUILD = 'dist';
export const CRASH_BUILD = join('.simpul', 'chaos', 'dist-crash');
const REPLACED = join('libs', 'process', 'src', 'crash-point.js');

/** Makes the build whose processes can die at a named point: a copy of dist with exactly one module replaced. */
export function makeCrashBuild(): void {
  rmSync(CRASH_BUILD, { recursive: true, force: true });
  cpSync(BUILD, CRASH_BUILD, { recursive: true });
  cpSync(join(BUILD, 'test', 'chaos', 'crash-point.mjs'), join(CRASH_BUILD, REPLACED));
  const differing = listDifferences();
  if (differing.join() !== REPLACED) throw new Error(`the two builds differ in ${differing.join(', ') || 'nothing'}`);
}

/** Files that are not the same in both builds. */
export function listDifferences(): string[] {
  const files = new Set([...listFiles(BUILD), ...listFiles(CRASH_BUILD)]);
  return [...files].filter((file) => readOrNothing(join(BUILD, file)) !== readOrNothing(join(CRASH_BUILD, file)));
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
