import type { Client } from 'pg';
import type { DatabaseAlone } from '../../tools/installation/installation.js';
import { CpuMeter } from '../process-cpu.js';
import type { BenchKeyFiles } from './bench-keys.js';
import { type Lane, startLane } from './lane-process.js';
import { readWal } from './table-rows.js';
import type { WriterName } from './writers.js';

export interface LanesPlan {
  writer: WriterName;
  /** Steps of each lane; those before are not measured. */
  lanes: readonly { steps: readonly unknown[]; warmUp: number }[];
  /** Events in the measured steps of all lanes. */
  events: number;
}

export interface LanesMeasured {
  perSecond: number;
  /** Bytes of the write-ahead log for each event. */
  wal: number;
  /** By process. */
  cpu: Record<string, number>;
}

export interface Scene {
  database: DatabaseAlone;
  owner: Client;
  keyFiles: BenchKeyFiles;
  stop: AbortSignal;
}

/** All lanes at once, each a process, from the moment when all are warm to the end of the last. */
export async function measureLanes({ writer, lanes, events }: LanesPlan, scene: Scene): Promise<LanesMeasured> {
  const { database, owner, keyFiles, stop } = scene;
  const { databaseUrl, ownerUrl, postgresPid } = database;
  const url = writer === 'raw-copy' ? ownerUrl : databaseUrl;
  const plans = lanes.map((lane, partition) => ({ ...lane, writer, keyFiles, databaseUrl: url, partition }));
  const started: Lane[] = [];
  // One after the other: both would give the first numbers to names.
  for (const plan of plans) started.push(await startLane(plan, stop));
  const pids = started.map(({ pid }, lane) => [lane === 0 ? 'node' : `node ${lane + 1}`, pid] as const);
  const wal = await readWal(owner);
  const meter = new CpuMeter({ ...Object.fromEntries(pids), postgres: postgresPid });
  const ms = await Promise.all(started.map((lane) => lane.go()));
  const measured = {
    perSecond: Math.round((1_000 * events) / Math.max(...ms)),
    wal: Math.round(((await readWal(owner)) - wal) / events),
    cpu: meter.perEvent(events),
  };
  for (const lane of started) await lane.end();
  return measured;
}
