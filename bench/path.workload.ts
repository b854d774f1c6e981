import { withConnection } from '@simpul/database';
import { makePopulation } from '../tools/demo/population/population.js';
import { growthMessages, ndjsonBodies, sendStreams } from './growth-load.js';
import { measureOverload } from './overload.js';
import { measurePlain } from './plain-path.js';
import { CpuMeter } from './process-cpu.js';
import { countApplied, serverPids, startProduct, untilApplied } from './product.js';
import { measureVisible } from './visible-at.js';
import type { Rate, Stage, Way } from './way.js';
import type { Outcome, Workload } from './workload.js';

const SEED = 1;
const STREAMS = 4;
const WITHIN_MS = 120_000;

/** From the push to the committed row, through a real broker, with the client on the same processors. */
export const path: Workload = {
  name: 'path',
  needs: 'foundation',
  figures: [
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
    { key: 'p99 at 1 %', target: 'S6', says: 'push to visible at 1 %, p99', unit: 'ms', bound: { atMost: 80 } },
    { key: 'p99 at 30 %', target: 'S6', says: 'push to visible at 30 %, p99', unit: 'ms', bound: { atMost: 150 } },
    { key: 'p99 at 50 %', target: 'S6', says: 'push to visible at 50 %, p99', unit: 'ms', bound: { atMost: 250 } },
  ],
  run: async (stage) => {
    const { ours, overload, visible } = await withProduct(stage, async (way) => {
      const maximum = await measureProduct(stage, way);
      const seen = await measureVisible(stage, way, maximum.rate);
      return { ours: maximum, overload: await measureOverload(stage, way, maximum.rate), visible: seen };
    });
    const theirs = await measurePlain(stage);
    const ratio = Math.round((10 * ours.rate) / theirs.rate) / 10;
    return outcomeOf(ratio, { ours, theirs, overload, visible });
  },
};

interface Parts {
  ours: Rate;
  theirs: Rate;
  overload: Outcome;
  visible: Outcome;
}

function outcomeOf(ratio: number, { ours, theirs, overload, visible }: Parts): Outcome {
  const fault = overload.fault ?? visible.fault;
  return {
    values: { ratio, ...overload.values, ...visible.values },
    details: { ...ours.details, ...theirs.details, ...overload.details, ...visible.details },
    ...(visible.unknown !== undefined && { unknown: visible.unknown }),
    ...(fault !== undefined && { fault }),
  };
}

async function withProduct<T>({ foundation, isQuick, stop }: Stage, work: (path: Way) => Promise<T>): Promise<T> {
  const { residents } = makePopulation({ seed: SEED, persons: isQuick ? 5_000 : 50_000 });
  const product = await startProduct(foundation, { registries: 1 }, stop);
  try {
    return await withConnection(foundation.ownerUrl, (client) => work({ product, client, residents, sent: 0 }));
  } finally {
    await product.stop();
  }
}

/** As fast as the adapter takes it, until the last row is committed. */
async function measureProduct({ foundation, isQuick, say, stop }: Stage, way: Way): Promise<Rate> {
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
  const rate = Math.round((1_000 * events) / (until - from));
  const details = {
    'events/s': rate,
    'accepted/s': Math.round((1_000 * events) / (accepted - from)),
    ...meter.perEvent(events),
  };
  say(`Product: ${JSON.stringify(details)}`);
  return { rate, details };
}

async function push(way: Way, events: number, stop: AbortSignal): Promise<void> {
  const bodies = ndjsonBodies([...growthMessages(way.residents, way.sent, events)], STREAMS);
  way.sent += events;
  await sendStreams(way.product.wire, bodies, { stop });
  await untilApplied(way.client, way.sent, WITHIN_MS);
}
