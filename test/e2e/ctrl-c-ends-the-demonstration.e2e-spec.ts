// Ctrl-C in a terminal is SIGINT to the whole process group of `npm run demo`. At whatever moment it comes, everything
// ends at once, and nothing is left: no process, no key.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildWhenStale } from '../../tools/build-when-stale.mjs';
import { isAlive, until } from '../../tools/local/guarded.mjs';

const root = resolve(import.meta.dirname, '../..');
const ENDS_WITHIN_MS = 10_000;
/** To come to the moment, on a busy machine; the end has its own limit. */
const RUN_MS = 120_000;

type Demo = ChildProcessByStdio<null, Readable, Readable>;
const running: Demo[] = [];

function demonstrate(...flags: string[]): Demo {
  const small = ['--persons', '200', '--days', '3'];
  const demo = spawn(process.execPath, ['tools/run.mjs', 'demo', ...small, ...flags], {
    cwd: root,
    detached: true, // a process group of its own, as a terminal gives it
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(demo);
  return demo;
}

/** All that the demonstration says from its moment on: the one in which it says something like this. */
async function sayingAfter(demo: Demo, moment: RegExp): Promise<string[]> {
  const said: string[] = [];
  await new Promise<void>((done, fail) => {
    createInterface({ input: demo.stdout })
      .on('line', (line) => {
        said.push(line);
        if (!moment.test(line)) return;
        said.length = 0;
        done();
      })
      .once('close', () => fail(new Error(`ended before ${moment}: ${said.join('\n')}`)));
  });
  return said;
}

const parentOf = (pid: string): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return 0; // ended while we looked
  }
};

/** The processes that somebody started, and theirs: servers and hub have process groups of their own. */
function descendantsOf(ancestor: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((pid) => [Number(pid), parentOf(pid)]));
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(ancestor);
}

const isGuard = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guard.mjs');
  } catch {
    return false;
  }
};

/** All processes of a demonstration, as soon as a server is among them. */
function withServers(demo: number): number[] | undefined {
  const processes = [demo, ...descendantsOf(demo)];
  return processes.some(isGuard) ? processes : undefined;
}

const foldersOf = (owners: readonly number[]): string[] =>
  readdirSync(join(root, '.simpul')).filter((name) => owners.some((pid) => name.startsWith(`demo-${pid}-`)));

afterEach(() => {
  for (const { pid = 0 } of running.splice(0)) if (isAlive(pid)) process.kill(-pid, 'SIGKILL');
});

describe('Ctrl-C', () => {
  beforeAll(buildWhenStale, 60_000);

  it.each([
    { phase: 'while the servers start', moment: /Starting PostgreSQL/, flags: [], code: 130 },
    { phase: 'while a killed server comes back', moment: /kill -9 kafka/, flags: ['--kill', 'kafka'], code: 130 },
    { phase: 'in the days after the month', moment: /Ctrl-C ends/, flags: [], code: 0 },
  ])(
    '$phase ends the demonstration at once, with code $code and nothing left',
    async ({ moment, flags, code }) => {
      const demo = demonstrate(...flags);
      const complaints: Buffer[] = [];
      demo.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
      const said = await sayingAfter(demo, moment);
      const processes = await until(async () => withServers(demo.pid ?? 0), { withinMs: 10_000, what: 'a server' });
      const from = performance.now();
      process.kill(-(demo.pid ?? 0), 'SIGINT');
      const [ended] = (await once(demo, 'exit')) as [number];
      expect(performance.now() - from).toBeLessThan(ENDS_WITHIN_MS);
      expect({ code: ended, complaints: Buffer.concat(complaints).toString() }).toEqual({ code, complaints: '' });
      expect(said.filter((line) => line.includes('Stopping'))).toHaveLength(1);
      expect(said.at(-1)).toContain('Stopping');
      await until(async () => processes.every((pid) => !isAlive(pid)) || undefined, {
        withinMs: 1_000,
        what: 'their end',
      });
      expect(foldersOf(processes)).toEqual([]);
    },
    RUN_MS,
  );
});
