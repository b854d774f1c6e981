import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { until } from '../../../tools/local/guarded.mjs';
import type { Member } from '../member.js';
import type { Random } from '../random.js';
import { SmallDisk } from '../small-disk.js';
import { type Stack, withClient } from '../stack.js';
import { failed, type Fault } from './fault.js';

const run = promisify(execFile);
const ROOM_MB = 48;
const deaths = new WeakMap<object, number>();

/**
 * The disk below the WAL (odd start numbers) or below the tables (even ones) is full, until space returns: a write is
 * refused or the server ends and does not come back before. Nothing acknowledged is lost, and nobody has to do anything.
 */
export const databaseDiskFull: Fault = {
  name: 'F32 disk of the database full',
  targetMs: 20_000,
  whyNot: () => SmallDisk.whyNot(),
  async inject(scene, random) {
    const { stack } = scene;
    deaths.set(scene, countDeaths(stack));
    const disk = await moveToSmallDisk(stack, scene.seed % 2 === 1 ? 'pg_wal' : 'base');
    try {
      await fill(stack, disk, random);
    } catch (error) {
      await disk.remove();
      throw error;
    }
    return () => disk.remove();
  },
  expect: (_evidence, scene) =>
    countDeaths(scene.stack) > (deaths.get(scene) ?? 0)
      ? [failed('a process of the product died of the full disk')]
      : [],
};

const countDeaths = ({ apps }: Stack): number => apps.reduce((sum, app) => sum + app.deaths, 0);

interface FullableDisk {
  disk: SmallDisk;
  serverLog: string;
  /** Back to the disk where it was. */
  remove: () => Promise<void>;
}

/** A part of the data moves to a small disk, with the server down. */
async function moveToSmallDisk({ postgres, databaseUrl }: Stack, part: 'pg_wal' | 'base'): Promise<FullableDisk> {
  const data = await findData(databaseUrl);
  const folder = join(data, part);
  const aside = `${data}.${part}`;
  const disk = await whileDown(postgres, async () => {
    renameSync(folder, aside);
    try {
      return await mountCopy(aside, folder);
    } catch (error) {
      renameSync(aside, folder);
      throw error;
    }
  });
  const remove = () =>
    whileDown(postgres, async () => {
      disk.free();
      rmSync(aside, { recursive: true, force: true });
      await run('cp', ['-a', folder, aside]);
      disk.close();
      renameSync(aside, folder);
    });
  return { disk, serverLog: join(dirname(data), 'postgres.log'), remove };
}

async function findData(databaseUrl: string): Promise<string> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory ?? '';
  });
}

async function whileDown<T>(postgres: Member, work: () => Promise<T>): Promise<T> {
  await postgres.stop();
  try {
    return await work();
  } finally {
    await postgres.start();
  }
}

async function mountCopy(from: string, to: string): Promise<SmallDisk> {
  const { uid, gid, mode } = statSync(from);
  const { stdout } = await run('du', ['-sm', from]);
  mkdirSync(to);
  const disk = SmallDisk.mount(parseInt(stdout, 10) + ROOM_MB, to);
  try {
    chownSync(to, uid, gid);
    chmodSync(to, mode & 0o777);
    await run('cp', ['-a', `${from}/.`, to]);
    return disk;
  } catch (error) {
    disk.close();
    throw error;
  }
}

/** Takes all space, waits until the server felt it, and gives it back. */
async function fill({ databaseUrl }: Stack, { disk, serverLog }: FullableDisk, random: Random): Promise<void> {
  const before = countRefusals(serverLog);
  disk.fill();
  const isFelt = async () => {
    // Segments of the WAL that are there already are used up first.
    await withClient(databaseUrl, (client) => client.query('SELECT pg_switch_wal()')).catch(() => undefined);
    return countRefusals(serverLog) > before || undefined;
  };
  await until(isFelt, { withinMs: 60_000, what: 'the server finds no space' });
  await pause(random.whole(3_000, 6_000));
  disk.free();
}

const countRefusals = (serverLog: string): number =>
  readFileSync(serverLog, 'utf8').split('No space left on device').length;
