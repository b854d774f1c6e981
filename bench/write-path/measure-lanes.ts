import { named, tellAll } from '../details.js';
import { CpuMeter } from '../process-cpu.js';
import { type Lane, startLane } from './lane-process.js';
import type { LaneSteps } from './lane-steps.js';
import type { Scene } from './scene.js';
import { readWal } from './table-rows.js';
import type { WriterName } from './writers.js';

export interface LanesPlan {
  writer: WriterName;
  /** Steps of each lane; those before are not measured. */
  lanes: readonly LaneSteps[];
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

/** All lanes at once, each a process, from the moment when all are warm to the end of the last. */
export async function measureLanes({ writer, lanes, events }: LanesPlan, scene: Scene): Promise<LanesMeasured> {
  const { database, owner, keyFiles, stop } = scene;
  const { databaseUrl, ownerUrl, postgresPid } = database;
  const url = writer === 'raw-copy' ? ownerUrl : databaseUrl;
  const plans = lanes.map((lane, partition) => ({ ...lane, writer, keyFiles, databaseUrl: url, partition }));
  const started: Lane[] = [];
  // One after the other: both would give the first numbers to names.
  for (const plan of plans) started.push(await startLane(plan, stop));
  const measured = await measureRun(started, events, { owner, postgresPid });
  for (const lane of started) await lane.end();
  return measured;
}

/** The next steps of lanes that stand still. */
export async function measureRun(
  lanes: readonly Lane[],
  events: number,
  { owner, postgresPid, steps }: { owner: Scene['owner']; postgresPid: number; steps?: number },
): Promise<LanesMeasured> {
  const pids = lanes.map(({ pid }, lane) => [lane === 0 ? 'node' : `node ${lane + 1}`, pid] as const);
  const wal = await readWal(owner);
  const meter = new CpuMeter({ ...Object.fromEntries(pids), postgres: postgresPid });
  const ms = await Promise.all(lanes.map((lane) => lane.go(steps)));
  const written = (await readWal(owner)) - wal;
  const perSecond = Math.round((1_000 * events) / Math.max(...ms));
  return { perSecond, wal: Math.round(written / events), cpu: meter.perEvent(events) };
}

/** The same as details of an outcome. */
export const detailsOf = (runs: Readonly<Record<string, LanesMeasured>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(runs).flatMap(([name, { perSecond, wal, cpu }]) =>
      Object.entries(named(name, { 'events/s': perSecond, 'WAL B/event': wal, ...cpu })),
    ),
  );

export function tellRun(name: string, { perSecond, wal, cpu }: LanesMeasured): string {
  return `${name}: ${perSecond} events/s, ${tellAll(cpu)}, WAL ${wal} B/event`;
}
