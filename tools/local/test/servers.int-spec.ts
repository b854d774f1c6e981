import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isAlive, until } from '../guarded.mjs';
import { reachable } from '../places.mjs';
import { startPostgres } from '../servers.mjs';

const isRoot = process.getuid?.() === 0;
const parentFile = join(import.meta.dirname, 'parent.mjs');
const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

interface Said {
  pids: number[];
  databaseUrl: string;
}

async function startParent(order: object, as: { uid?: number; gid?: number } = {}) {
  const parent = spawn(process.execPath, [parentFile, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true, // a process group of its own, as a terminal gives it
    ...as,
  });
  const ended = once(parent, 'exit');
  undo.push(() => parent.kill('SIGKILL'));
  const [line] = (await Promise.race([
    once(createInterface({ input: parent.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('the parent ended before its servers were up'))),
  ])) as [string];
  return { parent, pid: parent.pid ?? 0, ended, ...(JSON.parse(line) as Said) };
}

const allGone = (pids: number[]) =>
  until(async () => pids.every((pid) => !isAlive(pid)) || undefined, { withinMs: 20_000, what: 'end of the servers' });

function folderOf(pid: number): string {
  return /(\/[^\0]*simpul-servers-[^/\0]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1] ?? '';
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('servers of a process', () => {
  it('end with it when it is killed, and their throw-away data too', async () => {
    const held = await startParent({ what: 'both' });
    const folders = held.pids.map(folderOf);
    expect(folders.every((folder) => existsSync(folder))).toBe(true);
    process.kill(held.pid, 'SIGKILL');
    await allGone(held.pids);
    await until(async () => folders.every((path) => !existsSync(path) || readdirSync(path).length === 0) || undefined, {
      withinMs: 5_000,
      what: 'removal of the data',
    });
  });

  it.each([
    ['SIGTERM', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['a Ctrl-C in its terminal', (pid: number) => process.kill(-pid, 'SIGINT')],
  ])('end with it on %s', async (_how, end) => {
    const held = await startParent({ what: 'postgres' });
    end(held.pid);
    await held.ended;
    await allGone(held.pids);
    expect(held.pids.map((pid) => isAlive(pid))).toEqual([false]);
  });

  it('end with it when it crashes', async () => {
    const held = await startParent({ what: 'postgres' });
    held.parent.stdin.write('crash\n');
    expect(await held.ended).toEqual([1, null]);
    await allGone(held.pids);
  });

  it('have their throw-away data still when they are stopped and started again', async () => {
    const { server, databaseUrl, stop } = await startPostgres({ durable: false });
    undo.push(stop);
    await query(databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await server.stop();
    await server.start();
    expect(await query(databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('are ended before the next start when parent and guard were killed together', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'simpul-orphan-'));
    chmodSync(dataDir, 0o755);
    undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const held = await startParent({ what: 'postgres', dataDir });
    const { guard } = JSON.parse(readFileSync(join(dataDir, 'postgres/server.json'), 'utf8')) as { guard: number };
    process.kill(held.pid, 'SIGSTOP'); // so that it cannot see its guard's end
    process.kill(guard, 'SIGKILL');
    process.kill(held.pid, 'SIGKILL');
    await held.ended;
    const next = await startPostgres({ durable: false, dataDir });
    undo.push(() => next.stop());
    await allGone(held.pids);
    expect(await query(next.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('a supervised server', () => {
  it('is back at the same address with its data after it was killed', async () => {
    const lines: string[] = [];
    const running = await startPostgres({ durable: true, supervised: true, progress: (line) => lines.push(line) });
    undo.push(() => running.stop());
    await query(running.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const before = running.server.pid;
    process.kill(before, 'SIGKILL');
    await until(async () => lines.includes('PostgreSQL is back') || undefined, { withinMs: 20_000, what: 'restart' });
    expect(running.server.pid).not.toBe(before);
    expect(await query(running.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('says when another process holds its data', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'simpul-held-'));
    chmodSync(dataDir, 0o755);
    undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const running = await startPostgres({ durable: false, dataDir });
    undo.push(() => running.stop());
    await expect(startPostgres({ durable: false, dataDir })).rejects.toThrow('in use by process');
  });
});

const asRoot = isRoot ? describe : describe.skip;

asRoot('started by root', () => {
  it('reaches data that were meant for a closed folder', async () => {
    const home = mkdtempSync(join(tmpdir(), 'simpul-home-')); // mode 0700
    const dataDir = join(home, 'project/.simpul/data');
    mkdirSync(dataDir, { recursive: true });
    undo.push(() => {
      rmSync(home, { recursive: true, force: true });
      rmSync(reachable(dataDir), { recursive: true, force: true });
    });
    const moved = reachable(dataDir);
    expect(moved.startsWith(tmpdir())).toBe(true);
    expect(reachable(dataDir)).toBe(moved);
    undo.push(() => rmSync(moved, { recursive: true, force: true }));
    const running = await startPostgres({ durable: false, dataDir });
    undo.push(() => running.stop());
    expect(await query(running.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('and by an ordinary user alike', async () => {
    const held = await startParent({ what: 'postgres' }, { uid: 65_534, gid: 65_534 });
    expect(await query(held.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    process.kill(held.pid, 'SIGKILL');
    await allGone(held.pids);
  });
});
