import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { withConnection } from '@simpul/database';
import { applyTopics } from '@simpul/messaging';
import type { Client } from 'pg';
import { makePopulation } from '../tools/demo/population/population.js';
import { until } from '../tools/local/guarded.mjs';
import { named } from './details.js';
import { growthMessages, inParallel } from './growth-load.js';
import type { Rate, Stage } from './way.js';
import { makePeerDatabase } from './peer-database.js';
import { startNodePeer } from './peer-process.js';
import { CpuMeter } from './process-cpu.js';

const CONNECTIONS = 32;
const WARM_UP = 200;
const WITHIN_MS = 120_000;

/** The same messages, one a request, through a plain Nest pipeline: validated, emitted, saved. */
export async function measurePlain({ foundation, isQuick, say, stop }: Stage): Promise<Rate> {
  const { folder, servers, ownerUrl } = foundation;
  await applyTopics({ brokers: [servers.brokers], topics: ['plain.measurements'] });
  const { href: url } = await makePeerDatabase(ownerUrl, 'plain');
  const env = { KAFKA_BROKERS: servers.brokers, DATABASE_URL: url };
  const registry = await startNodePeer('plain-nest', 'registry', { folder, env });
  const gateway = await startNodePeer('plain-nest', 'gateway', { folder, env });
  try {
    const events = isQuick ? 1_000 : 5_000;
    const { residents } = makePopulation({ seed: 1, persons: WARM_UP + events });
    const bodies = [...growthMessages(residents, 0, WARM_UP + events)].map((message) => JSON.stringify(message));
    return await withConnection(url, async (client) => {
      await pushEach(gateway.url, bodies.slice(0, WARM_UP));
      await untilSaved(client, WARM_UP);
      stop.throwIfAborted();
      const pids = { gateway: gateway.peer.pid, consumer: registry.peer.pid, PostgreSQL: servers.postgresPid };
      const meter = new CpuMeter({ ...pids, Kafka: servers.kafkaPid });
      const from = performance.now();
      await pushEach(gateway.url, bodies.slice(WARM_UP));
      await untilSaved(client, WARM_UP + events);
      const rate = Math.round((1_000 * events) / (performance.now() - from));
      const details = named('plain', { 'events/s': rate, ...meter.perEvent(events) });
      say(`Plain Nest: ${JSON.stringify(details)}`);
      return { rate, details };
    });
  } finally {
    await gateway.peer.stop();
    await registry.peer.stop();
  }
}

async function pushEach(url: string, bodies: readonly string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  try {
    await inParallel(bodies, CONNECTIONS, async (body) => {
      const asked = request(`${url}/measurements`, {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json' },
      });
      asked.end(body);
      const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
      answer.resume();
      await once(answer, 'end');
      if (answer.statusCode !== 202) throw new Error(`the plain gateway answered ${answer.statusCode}`);
    });
  } finally {
    agent.destroy();
  }
}

const untilSaved = (client: Client, count: number): Promise<true> =>
  until(
    async () => {
      const { rows } = await client.query<{ saved: string }>('SELECT count(*) AS saved FROM person');
      return Number(rows[0]?.saved) >= count || undefined;
    },
    { withinMs: WITHIN_MS, what: `${count} measurements are saved` },
  );
