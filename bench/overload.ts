import { arrayBodies, growthMessages, readTally } from './growth-load.js';
import { GROWTH_ROUTE } from './growth-message.js';
import type { Stage, Way } from './way.js';
import { spreadOf } from './percentile.js';
import { forgetPeak, megabytes, readMemory } from './process-memory.js';
import { countApplied, untilApplied } from './product.js';
import { keepSchedule } from './schedule.js';
import type { Outcome } from './workload.js';

const SHARE = 1.5;
const SIZE = 100;
const WITHIN_MS = 180_000;
/** What an array may be answered: taken, at least in part, or refused for now. */
const EXPECTED = new Set([202, 429, 503]);

interface Tally {
  accepted: number;
  refused: number;
  latencies: number[];
  stray?: number;
}

/** What half as much again is of. */
interface Maxima {
  /** Events a second from push to committed row. */
  whole: number;
  /** Events a second from push to acceptance. */
  intake: number;
}

/**
 * Half as much again as the whole path takes, then as the intake alone takes. The first may all be accepted, since the log keeps it for
 * the registry; of the second the adapter has to refuse what it cannot take.
 */
export async function measureOverload(stage: Stage, way: Way, { whole, intake }: Maxima): Promise<Outcome> {
  const path = await offer(stage, way, { of: '150 %', perSecond: whole * SHARE });
  const door = await offer(stage, way, { of: '150 % of the intake', perSecond: intake * SHARE });
  const fault = path.fault ?? door.fault;
  return {
    values: {
      lost: Math.max(path.lost, door.lost),
      growth: Math.max(path.growth, door.growth),
      accepted: path.p99,
      'accepted at the door': door.p99,
    },
    details: { ...path.details, ...door.details },
    ...(fault !== undefined && { fault }),
  };
}

interface Offered extends Pick<Outcome, 'details' | 'fault'> {
  lost: number;
  growth: number;
  p99: number;
}

async function offer(stage: Stage, way: Way, level: { of: string; perSecond: number }): Promise<Offered> {
  const { say, stop, isQuick } = stage;
  const perSecond = level.perSecond / SIZE;
  const count = Math.round(perSecond * (isQuick ? 4 : 15));
  const bodies = arrayBodies([...growthMessages(way.residents, way.sent, count * SIZE)], SIZE);
  way.sent += count * SIZE;
  const pids = Object.values(way.product.pids);
  for (const pid of pids) forgetPeak(pid);
  const memory = (): number => pids.map((pid) => readMemory(pid).peak).reduce((a, b) => a + b, 0);
  const before = memory();
  const [applied, rows] = [await countApplied(way.client), await countEvents(way)];
  const tally: Tally = { accepted: 0, refused: 0, latencies: [] };
  const from = performance.now();
  const pushes: Promise<void>[] = [];
  await keepSchedule({ perSecond, count, stop }, (place, scheduled) => {
    pushes.push(push(way, bodies[place] ?? '', scheduled, tally));
  });
  const offered = Math.round((1_000 * count * SIZE) / (performance.now() - from));
  await Promise.all(pushes);
  const growth = megabytes(memory() - before);
  const drained = await drain(way, applied, tally.accepted);
  const lost = Math.max(0, rows + tally.accepted - (await countEvents(way)));
  const spread = spreadOf(tally.latencies);
  say(`${level.of}: ${JSON.stringify({ ...tally, offered, latencies: spread, growth, drained })}`);
  const details = {
    [`offered at ${level.of}, events/s`]: offered,
    [`refused at ${level.of}, %`]: Math.round((1_000 * tally.refused) / (count * SIZE)) / 10,
    [`accepted p50 at ${level.of}, ms`]: spread.p50,
    [`memory growth at ${level.of}, MB`]: growth,
    [`committed after the last acceptance at ${level.of}, ms`]: drained,
  };
  const fault = tally.stray === undefined ? undefined : `a push at ${level.of} was answered ${tally.stray}`;
  const share = Math.round((10_000 * lost) / Math.max(1, tally.accepted)) / 100;
  return { lost: share, growth, p99: spread.p99, details, ...(fault !== undefined && { fault }) };
}

async function push({ product: { wire } }: Way, body: string, scheduled: number, tally: Tally): Promise<void> {
  const answer = await wire.postJson(GROWTH_ROUTE, body);
  const { accepted, retry: refused } = readTally(answer.body) ?? { accepted: 0, retry: SIZE };
  tally.accepted += accepted;
  tally.refused += refused;
  if (accepted > 0) tally.latencies.push(performance.now() - scheduled);
  if (!EXPECTED.has(answer.status)) tally.stray = answer.status;
}

async function countEvents({ client }: Way): Promise<number> {
  const { rows } = await client.query<{ found: string }>('SELECT count(*) AS found FROM registry.service_event');
  return Number(rows[0]?.found);
}

/** How long until what was accepted is committed. */
async function drain(way: Way, applied: number, accepted: number): Promise<number> {
  const from = performance.now();
  return Math.round((await untilApplied(way.client, applied + accepted, WITHIN_MS)) - from);
}
