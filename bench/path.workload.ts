import { withConnection } from '@simpul/database';
import { makePopulation } from '../tools/demo/population/population.js';
import { growthMessages, ndjsonBodies, sendStreams } from './growth-load.js';
import { measureOverload } from './overload.js';
import { measurePlain } from './plain-path.js';
import { CpuMeter } from './process-cpu.js';
import { countApplied, serverPids, startProduct, untilApplied } from './product.js';
import { measureVisible } from './visible-at.js';
import type { Rate, Stage, Way } from './way.js';
import type { Target } from './targets.js';
import type { Figure, Outcome, Workload } from './workload.js';

const SEED = 1;
/** As many as it takes for no visit to lie in the future: visits are months apart. */
const RESIDENTS = 50_000;
const STREAMS = 4;
const WITHIN_MS = 120_000;

const FIGURES: readonly Figure[] = [
  {
    key: 'ratio',
    target: 'S3',
    says: 'HTTP push to committed row, against the plain Nest pipeline on the same servers',
    unit: '×',
    bound: { atLeast: 18 },
  },
  { key: 'lost', target: 'S4', says: 'accepted at 150 % and not committed', unit: '%', bound: { atMost: 0 } },
  {
    key: 'growth',
    target: 'S4',
    says: 'growth of the peak resident memory of adapter and registry at 150 %',
    unit: 'MB',
    bound: { atMost: 256 },
  },
  {
    key: 'accepted',
    target: 'S4',
    says: 'push to acceptance at 150 %, p99 of what is accepted',
    unit: 'ms',
    bound: { atMost: 2_000 },
  },
  {
    key: 'accepted at the door',
    target: 'S4',
    says: 'push to acceptance at 150 % of what the intake alone takes, p99 of what is accepted',
    unit: 'ms',
    bound: { atMost: 2_000 },
  },
  { key: 'p99 at 1 %', target: 'S6', says: 'push to visible at 1 %, p99', unit: 'ms', bound: { atMost: 80 } },
  { key: 'p99 at 30 %', target: 'S6', says: 'push to visible at 30 %, p99', unit: 'ms', bound: { atMost: 150 } },
  { key: 'p99 at 50 %', target: 'S6', says: 'push to visible at 50 %, p99', unit: 'ms', bound: { atMost: 250 } },
];

/** From the push to the committed row, through a real broker, with the client on the same processors. */
export const path: Workload = {
  name: 'path',
  needs: 'foundation',
  figures: FIGURES,
  run: async (stage) => {
    const ours = await withProduct(stage, async (way) => {
      const maximum = await measureProduct(stage, way);
      const visible = await attempt('S6', () => measureVisible(stage, way, maximum.whole), stage);
      return { maximum, visible, overload: await attempt('S4', () => measureOverload(stage, way, maximum), stage) };
    });
    const theirs = await measurePlain(stage);
    return outcomeOf(ours, theirs);
  },
};

interface Ours {
  maximum: Maximum;
  overload: Outcome;
  visible: Outcome;
}

/** A part that fails does not take the figures of the others along. */
async function attempt(target: Target, part: () => Promise<Outcome>, { say, stop }: Stage): Promise<Outcome> {
  try {
    const { fault, ...outcome } = await part();
    return fault === undefined ? outcome : { ...outcome, faults: faultsOf(target, fault) };
  } catch (error) {
    stop.throwIfAborted();
    const fault = error instanceof Error ? error.message : String(error);
    say(`${target} was not measured: ${fault}`);
    return { values: {}, details: {}, faults: faultsOf(target, fault) };
  }
}

const faultsOf = (target: Target, fault: string): Record<string, string> =>
  Object.fromEntries(FIGURES.filter((figure) => figure.target === target).map(({ key }) => [key, fault]));

function outcomeOf({ maximum, overload, visible }: Ours, theirs: Rate): Outcome {
  const ratio = Math.round((10 * maximum.whole) / theirs.rate) / 10;
  return {
    values: { ratio, ...overload.values, ...visible.values },
    details: { ...maximum.details, ...theirs.details, ...overload.details, ...visible.details },
    ...(visible.unknown !== undefined && { unknown: visible.unknown }),
    faults: { ...overload.faults, ...visible.faults },
  };
}

async function withProduct<T>({ foundation, isQuick, stop }: Stage, work: (path: Way) => Promise<T>): Promise<T> {
  const { residents } = makePopulation({ seed: SEED, persons: isQuick ? 5_000 : RESIDENTS });
  const product = await startProduct(foundation, { registries: 1 }, stop);
  try {
    return await withConnection(foundation.ownerUrl, (client) => work({ product, client, residents, sent: 0 }));
  } finally {
    await product.stop();
  }
}

/** Events a second, and what they cost. */
interface Maximum extends Pick<Rate, 'details'> {
  whole: number;
  intake: number;
}

/** As fast as the adapter takes it, until the last row is committed. */
async function measureProduct({ foundation, isQuick, say, stop }: Stage, way: Way): Promise<Maximum> {
  const { product, client, residents } = way;
  await push(way, isQuick ? 4_000 : 20_000, stop);
  const events = isQuick ? 16_000 : 80_000;
  const bodies = ndjsonBodies([...growthMessages(residents, way.sent, events)], STREAMS);
  way.sent += events;
  const meter = new CpuMeter({ ...product.pids, ...serverPids(foundation), client: process.pid });
  const from = performance.now();
  const before = await countApplied(client);
  const taken = await sendStreams(product.wire, bodies, { stop });
  if (taken !== events) throw new Error(`the adapter took ${taken} of ${events} messages`);
  const accepted = performance.now();
  const until = await untilApplied(client, before + events, WITHIN_MS);
  const whole = Math.round((1_000 * events) / (until - from));
  const intake = Math.round((1_000 * events) / (accepted - from));
  const details = { 'events/s': whole, 'accepted/s': intake, ...meter.perEvent(events) };
  say(`Product: ${JSON.stringify(details)}`);
  return { whole, intake, details };
}

async function push(way: Way, events: number, stop: AbortSignal): Promise<void> {
  const bodies = ndjsonBodies([...growthMessages(way.residents, way.sent, events)], STREAMS);
  way.sent += events;
  await sendStreams(way.product.wire, bodies, { stop });
  await untilApplied(way.client, way.sent, WITHIN_MS);
}
