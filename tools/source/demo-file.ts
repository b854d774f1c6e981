import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to reach a running demonstration. */
export interface RunningDemo {
  /** Of its hub. */
  url: string;
  /** Folder with the files of its clients. */
  clients: string;
}

const FILE = join('.simpul', 'demo.json');

export const noteDemo = (demo: RunningDemo): void => writeFileSync(FILE, `${JSON.stringify(demo, null, 2)}\n`);

/** Two may run at the same time: only the note of this one goes. */
export function forgetDemo(url: string): void {
  if (findDemo()?.url === url) rmSync(FILE, { force: true });
}

/** The demonstration that was started last, unless it ended. */
export function findDemo(): RunningDemo | undefined {
  if (!existsSync(FILE)) return undefined;
  const demo = JSON.parse(readFileSync(FILE, 'utf8')) as RunningDemo;
  return existsSync(demo.clients) ? demo : undefined;
}
