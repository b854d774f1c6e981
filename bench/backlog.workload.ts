import { setTimeout as pause } from 'node:timers/promises';
import { topicOf } from '@simpul/contracts';
import { withConnection } from '@simpul/database';
import type { Client } from 'pg';
import { makePopulation } from '../tools/demo/population/population.js';
import { named, tellAll } from './details.js';
import { growthMessages, ndjsonBodies, sendStreams } from './growth-load.js';
import { javaConsumer } from './java-consumer.js';
import { makePeerDatabase } from './peer-database.js';
import { lastNumberOf, type Peer, startPeer } from './peer-process.js';
import { CpuMeter } from './process-cpu.js';
import { countApplied, type PlacedApp, serverPids, startApart, startProduct } from './product.js';
import type { Rate } from './way.js';
import type { Outcome, StageOn, Workload } from './workload.js';

type Stage = StageOn<'foundation'>;

const SEED = 1;
const VISITS = 3;
const TOPIC = topicOf('health');
const STREAMS = 4;
const REGISTRIES = 2;
/** The first part warms both up and is not counted. */
const WARM_SHARE = 0.25;
const LOOK_EVERY_MS = 20;
const WITHIN_MS = 180_000;

const TABLES = `
CREATE TABLE ledger (
  source text NOT NULL, id text NOT NULL, type text NOT NULL, subject text NOT NULL, time timestamptz NOT NULL,
  received timestamptz NOT NULL, payload text NOT NULL, PRIMARY KEY (source, id));
CREATE INDEX ON ledger (subject, time);
CREATE TABLE person (
  subject text PRIMARY KEY, source text NOT NULL, last_id text NOT NULL, last_type text NOT NULL,
  last_time timestamptz NOT NULL, payload text NOT NULL);
`;

/** A backlog of sealed events, read by the registry with all that it does, and by a plain consumer that does none of it. */
export const backlog: Workload = {
  name: 'backlog',
  needs: 'foundation',
  figures: [
    {
      key: 'ratio',
      target: 'S12',
      says: `${REGISTRIES} registry processes against a plain Java batch consumer with 2 threads, both on one backlog`,
      unit: '×',
      bound: { atLeast: 0.6 },
    },
  ],
  run: async (stage) => {
    const messages = stage.isQuick ? 16_000 : 120_000;
    await fill(stage, messages);
    const ours = await measureRegistries(stage, messages);
    const theirs = await measureJava(stage, messages);
    return outcomeOf(ours, theirs);
  },
};

function outcomeOf(ours: Rate, theirs: Rate): Outcome {
  return {
    values: { ratio: Math.round((100 * ours.rate) / theirs.rate) / 100 },
    details: { ...named('registry', ours.details), ...named('Java', theirs.details) },
  };
}

/** Pushes the backlog while no registry runs. */
async function fill({ foundation, say, stop }: Stage, count: number): Promise<void> {
  const product = await startProduct(foundation, { registries: 0 }, stop);
  try {
    const { residents } = makePopulation({ seed: SEED, persons: Math.round(count / VISITS) });
    const bodies = ndjsonBodies([...growthMessages(residents, 0, count)], STREAMS);
    const from = performance.now();
    const taken = await sendStreams(product.wire, bodies, { stop });
    if (taken !== count) throw new Error(`the adapter took ${taken} of ${count} messages`);
    say(`Backlog of ${count} messages, ${Math.round((1_000 * count) / (performance.now() - from))} a second`);
  } finally {
    await product.stop();
  }
}

async function measureRegistries({ foundation, say, stop }: Stage, count: number): Promise<Rate> {
  const registries: PlacedApp[] = [];
  try {
    return await withConnection(foundation.ownerUrl, async (client) => {
      const starting = Array.from({ length: REGISTRIES }, (_, number) =>
        startApart(foundation, { app: 'registry', number: number + 1 }, stop),
      );
      registries.push(...(await Promise.all(starting)));
      const pids = Object.fromEntries(registries.map(({ pid }, place) => [`process ${place + 1}`, pid]));
      const measured = await watch(() => countApplied(client), {
        count,
        pids: { ...pids, ...serverPids(foundation) },
        stop,
      });
      say(`Registries: ${tellAll(measured.details)}`);
      await expectRows(client, 'registry.service_event', count);
      return measured;
    });
  } finally {
    await Promise.all(registries.map((registry) => registry.stop()));
  }
}

async function measureJava({ foundation, say, stop }: Stage, count: number): Promise<Rate> {
  const classPath = await javaConsumer(say, stop);
  const { ownerUrl, servers, folder } = foundation;
  const url = await makePeerDatabase(ownerUrl, 'java_consumer');
  return withConnection(url.href, async (client) => {
    await client.query(TABLES);
    const jdbc = `jdbc:postgresql://${url.host}/java_consumer?user=${url.username}&reWriteBatchedInserts=true`;
    const args = ['-Xmx1g', '-cp', classPath, 'peer.BatchConsumer', servers.brokers, TOPIC, jdbc, '2'];
    const java: Peer = await startPeer({ name: 'java', command: 'java', args, folder, env: {} });
    try {
      const pids = { process: java.pid, ...serverPids(foundation) };
      const measured = await watch(async () => lastNumberOf(java), { count, pids, stop });
      say(`Java: ${tellAll(measured.details)}`);
      await expectRows(client, 'ledger', count);
      return measured;
    } finally {
      await java.stop();
    }
  });
}

/** The rate from the end of the warm-up to the last message, by what `ask` says is done. */
async function watch(
  ask: () => Promise<number>,
  { count, pids, stop }: { count: number; pids: Record<string, number>; stop: AbortSignal },
): Promise<Rate> {
  let from: { done: number; at: number; meter: CpuMeter } | undefined;
  for (const end = performance.now() + WITHIN_MS; performance.now() < end;) {
    const done = await ask();
    const at = performance.now();
    if (from && done >= count) {
      const events = count - from.done;
      const rate = Math.round((1_000 * events) / (at - from.at));
      return { rate, details: { 'events/s': rate, ...from.meter.perEvent(events) } };
    }
    if (!from && done >= WARM_SHARE * count) from = { done, at, meter: new CpuMeter(pids) };
    await pause(LOOK_EVERY_MS, undefined, { signal: stop });
  }
  throw new Error(`not ${count} messages within ${WITHIN_MS / 1_000} s`);
}

async function expectRows(client: Client, name: string, count: number): Promise<void> {
  const { rows } = await client.query<{ found: string }>(`SELECT count(*) AS found FROM ${name}`);
  if (Number(rows[0]?.found) !== count) throw new Error(`${name} has ${rows[0]?.found} rows, not ${count}`);
}
