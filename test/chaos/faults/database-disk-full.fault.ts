import { execFile } from 'node:child_process';
import {
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { until } from '../../../tools/local/guarded.mjs';
import type { Member } from '../member.js';
import type { Random } from '../random.js';
import { type Stack, withClient } from '../stack.js';
import { failed, type Fault, NotPossibleHere } from './fault.js';

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

interface SmallDisk {
  folder: string;
  serverLog: string;
  /** Back to the disk where it was. */
  remove: () => Promise<void>;
}

/** A part of the data moves to a file system of its own in memory, with the server down. */
async function moveToSmallDisk({ postgres, databaseUrl }: Stack, part: 'pg_wal' | 'base'): Promise<SmallDisk> {
  const data = await findData(databaseUrl);
  const folder = join(data, part);
  const aside = `${data}.${part}`;
  await whileDown(postgres, async () => {
    renameSync(folder, aside);
    try {
      await mountCopy(aside, folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(aside, folder);
      throw new NotPossibleHere(`no file system can be mounted: ${String(error).split('\n')[0]}`);
    }
  });
  const remove = () =>
    whileDown(postgres, async () => {
      rmSync(join(folder, 'ballast'), { force: true });
      rmSync(aside, { recursive: true, force: true });
      await run('cp', ['-a', folder, aside]);
      await run('umount', [folder]);
      rmSync(folder, { recursive: true });
      renameSync(aside, folder);
    });
  return { folder, serverLog: join(dirname(data), 'postgres.log'), remove };
}

async function findData(databaseUrl: string): Promise<string> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory ?? '';
  });
}

async function whileDown(postgres: Member, work: () => Promise<void>): Promise<void> {
  await postgres.stop();
  try {
    await work();
  } finally {
    await postgres.start();
  }
}

async function mountCopy(from: string, to: string): Promise<void> {
  const { uid, gid, mode } = statSync(from);
  const { stdout } = await run('du', ['-sm', from]);
  mkdirSync(to, { mode });
  await run('mount', ['-t', 'tmpfs', '-o', `size=${parseInt(stdout, 10) + ROOM_MB}m`, 'simpul-chaos', to]);
  chownSync(to, uid, gid);
  await run('chmod', ['0700', to]);
  await run('cp', ['-a', `${from}/.`, to]);
}

/** Takes all space, waits until the server felt it, and gives it back. */
async function fill({ databaseUrl }: Stack, { folder, serverLog }: SmallDisk, random: Random): Promise<void> {
  const ballast = join(folder, 'ballast');
  const before = countRefusals(serverLog);
  takeAllSpace(ballast);
  const isFelt = async () => {
    // Segments of the WAL that are there already are used up first.
    await withClient(databaseUrl, (client) => client.query('SELECT pg_switch_wal()')).catch(() => undefined);
    return countRefusals(serverLog) > before || undefined;
  };
  await until(isFelt, { withinMs: 60_000, what: 'the server finds no space' });
  await pause(random.whole(3_000, 6_000));
  rmSync(ballast);
}

function takeAllSpace(path: string): void {
  const file = openSync(path, 'w');
  const bytes = Buffer.alloc(65_536);
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

const countRefusals = (serverLog: string): number =>
  readFileSync(serverLog, 'utf8').split('No space left on device').length;
