import { SYSTEMS } from '@simpul/contracts';
import { withConnection } from '@simpul/database';
import { makePopulation, type Resident } from '../tools/demo/population/population.js';
import type { Foundation } from '../tools/installation/installation.js';
import { named } from './details.js';
import { growthMessages, ndjsonBodies, sendStreams } from './growth-load.js';
import { KeptConnection } from './kept-connection.js';
import { makePeerDatabase } from './peer-database.js';
import { startNodePeer } from './peer-process.js';
import { percentile } from './percentile.js';
import { CpuMeter } from './process-cpu.js';
import { serverPids, startProduct, untilApplied } from './product.js';
import type { Wire } from './wire.js';
import type { Outcome, StageOn, Workload } from './workload.js';

type Stage = StageOn<'foundation'>;

const SEED = 1;
const PERSONS = 4_000;
const STREAMS = 2;
const CONNECTIONS = 16;
const TURNS = 2;
const WITHIN_MS = 60_000;
/** The quota protects a register from being read out; here one client does nothing else. */
const QUOTA = { QUOTA_LOOKS_PER_MINUTE: '1000000' };

/**
 * A person by the NIK, answered once it is durably written down who looked. Both take the same request, verify its token, ask for
 * its purpose and write the same entry in a table with the same indexes. The peer is what Nest's documentation teaches: a guard with
 * `jose`, a ValidationPipe, `findOneBy` and `save`, over one plain row of a person that stands in clear. Ours does more: it finds
 * by a blind index, joins the records of all sources, opens each with its own key, and answers who said each value and when.
 */
export const lookUp: Workload = {
  name: 'look-up',
  needs: 'foundation',
  figures: [
    {
      key: 'ratio',
      target: 'S8',
      says: `look-ups a second with ${CONNECTIONS} connections, against a TypeORM repository endpoint that saves the same entry`,
      unit: '×',
      bound: { atLeast: 3 },
    },
    { key: 'p99', target: 'S8', says: 'look-up, p99', unit: 'ms', bound: { atMost: 10 } },
  ],
  run: async (stage) => {
    const { foundation, stop } = stage;
    const { residents } = makePopulation({ seed: SEED, persons: PERSONS });
    const product = await startProduct(foundation, { registries: 1, env: QUOTA }, stop);
    const { wire, reader, pids } = product;
    const { href: databaseUrl } = await makePeerDatabase(foundation.ownerUrl, 'plain');
    const { peer, url } = await startNodePeer('plain-nest', 'registry', {
      folder: foundation.folder,
      env: { DATABASE_URL: databaseUrl, ISSUER_URL: product.issuerUrl },
    });
    const plain = wire.at(url);
    try {
      await fillOurs(wire, foundation, residents, stop);
      await fillTheirs(databaseUrl, residents);
      const { PostgreSQL = 0 } = serverPids(foundation);
      const ours = new Lookers(reader, '/registry/v1/persons/lookup', { process: pids['registry 1'] ?? 0, PostgreSQL });
      const theirs = new Lookers(plain, '/persons/lookup', { process: peer.pid, PostgreSQL });
      return await measure(stage, residents, { ours, theirs });
    } finally {
      plain.close();
      await peer.stop();
      await product.stop();
    }
  },
};

async function fillOurs(
  wire: Wire,
  { ownerUrl }: Foundation,
  residents: readonly Resident[],
  stop: AbortSignal,
): Promise<void> {
  const bodies = ndjsonBodies([...growthMessages(residents, 0, residents.length)], STREAMS);
  const taken = await sendStreams(wire, bodies, { stop });
  if (taken !== residents.length) throw new Error(`the adapter took ${taken} of ${residents.length} messages`);
  await withConnection(ownerUrl, (client) => untilApplied(client, taken, WITHIN_MS));
}

async function fillTheirs(url: string, residents: readonly Resident[]): Promise<void> {
  const rows = residents.map(({ nik, name, sex, birthDate }) => ({ nik, name, sex, birthDate }));
  await withConnection(url, (client) =>
    client.query(
      `INSERT INTO person (nik, name, sex, "birthDate", "motherName", address, "weightKg", "lengthCm", "measuredAt")
       SELECT nik, name, sex, "birthDate", 'IBU ' || name, '{"rw":"003","rt":"007"}', 9, 79.8, now()
         FROM json_to_recordset($1) AS (nik text, name text, sex text, "birthDate" date)`,
      [JSON.stringify(rows)],
    ),
  );
}

async function measure(
  { isQuick, say, stop }: Stage,
  residents: readonly Resident[],
  { ours, theirs }: { ours: Lookers; theirs: Lookers },
): Promise<Outcome> {
  const seconds = isQuick ? 2 : 10;
  for (const lookers of [ours, theirs]) await lookers.warmUp(residents);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const lookers of turn % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
      stop.throwIfAborted();
      await lookers.run(residents, seconds);
    }
  }
  const [our, their] = [ours.figures(), theirs.figures()];
  say(`Look-ups: ours ${JSON.stringify(our)}, TypeORM ${JSON.stringify(their)}`);
  return {
    values: {
      ratio: Math.round((100 * our.perSecond) / their.perSecond) / 100,
      p99: our.p99,
    },
    details: { ...our, ...named('TypeORM', their) },
  };
}

/** So many connections that ask again as soon as they are answered. */
class Lookers {
  private latencies: number[] = [];
  private seconds = 0;
  private place = 0;
  private readonly cpu: Record<string, number> = {};

  constructor(
    private readonly wire: Wire,
    private readonly route: string,
    private readonly pids: Readonly<Record<string, number>>,
  ) {}

  async warmUp(residents: readonly Resident[]): Promise<void> {
    await this.run(residents, 2);
    this.latencies = [];
    this.seconds = 0;
    for (const name of Object.keys(this.cpu)) this.cpu[name] = 0;
  }

  async run(residents: readonly Resident[], seconds: number): Promise<void> {
    const bodies = residents.map(({ nik }) => JSON.stringify({ identifier: { system: SYSTEMS.nik, value: nik } }));
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => this.wire.keep()));
    const meter = new CpuMeter(this.pids);
    const from = performance.now();
    const looking = connections.map(async (connection) => {
      while (performance.now() < from + seconds * 1_000)
        await this.look(connection, bodies[this.place++ % bodies.length] ?? '');
      connection.close();
    });
    await Promise.all(looking);
    this.seconds += (performance.now() - from) / 1_000;
    for (const [name, us] of Object.entries(meter.perEvent(1))) this.cpu[name] = (this.cpu[name] ?? 0) + us;
  }

  figures(): { perSecond: number; p50: number; p99: number } & Record<string, number> {
    const count = this.latencies.length;
    const cpu = Object.entries(this.cpu).map(([name, us]) => [
      name.replace('event', 'look-up'),
      Math.round(us / count),
    ]);
    return {
      ...(Object.fromEntries(cpu) as Record<string, number>),
      perSecond: Math.round(count / this.seconds),
      p50: tenths(percentile(this.latencies, 0.5)),
      p99: tenths(percentile(this.latencies, 0.99)),
    };
  }

  private async look(connection: KeptConnection, body: string): Promise<void> {
    const from = performance.now();
    const { status, body: answer } = await connection.post(this.route, body);
    if (status !== 200) throw new Error(`a look-up was answered ${status} ${answer.slice(0, 200)}`);
    this.latencies.push(performance.now() - from);
  }
}

const tenths = (value: number): number => Math.round(10 * value) / 10;
