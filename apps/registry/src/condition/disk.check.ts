import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { check, type Check, unknown } from './check.js';

const LEAST_FREE = 0.1;

/** Has the disk of this folder more than a tenth free? */
export async function diskCheck(folder: string): Promise<Check> {
  const name = `disk ${folder}`;
  const todo = 'Free space or enlarge the disk, see "disk.nearly-full" in docs/how-to/what-each-alarm-means.md';
  if (!existsSync(folder)) return unknown(name, 'not there, or out of reach', todo);
  const free = freeShare(await statfs(folder));
  return check(name, free > LEAST_FREE, `${(free * 100).toFixed(0)} % free`, todo);
}

/** Of what may be used: blocks kept back for root are not there for us. */
export const freeShare = ({ blocks, bfree, bavail }: { blocks: number; bfree: number; bavail: number }): number =>
  bavail / (blocks - bfree + bavail);
