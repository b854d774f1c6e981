import { startKafka, startKafkaNodes, startPostgres } from '../../tools/local/servers.mjs';
import type { Layout } from './layout.js';
import { type Engine, Member } from './member.js';
import { Proxy } from './proxy.js';
import { SmallDisk } from './small-disk.js';
import { steadyPort } from './steady-port.js';

type Say = (line: string) => void;
type Closing = (() => unknown)[];

/** A broker behind its proxy, which is where it sends its clients. */
export interface Broker {
  /** Its number in Kafka's own words. */
  id: number;
  member: Member;
  network: Proxy;
}

/** The servers, looked after by the watchdog. */
export interface Servers {
  brokers: [Broker, ...Broker[]];
  /** Where the first broker keeps its messages. */
  kafkaLogDir: string;
  kafkaDisk: SmallDisk | undefined;
  postgres: Member;
  postgresNetwork: Proxy;
  /** Past the proxy: the harness looks from outside. */
  databaseUrl: string;
}

/** Starts PostgreSQL and the brokers of a layout; `closing` takes what ends them, also when this throws. */
export async function startServers(layout: Layout, closing: Closing, say: Say): Promise<Servers> {
  const starting = [startBrokers(layout, closing, say), startDatabase(closing, say)] as const;
  await Promise.allSettled(starting);
  const [kafka, database] = await Promise.all(starting);
  const members = [...kafka.brokers.map(({ member }) => member), database.postgres];
  // They run already: from here on the watchdog looks after them.
  for (const member of members) member.adopt();
  closing.push(() => Promise.all(members.map((member) => member.stop())));
  return { ...kafka, ...database };
}

async function startDatabase(closing: Closing, say: Say) {
  const postgresNetwork = await openProxy(closing);
  const running = await startPostgres({ durable: true, postgresPort: await steadyPort(), progress: say });
  closing.push(() => running.stop());
  const url = new URL(running.databaseUrl);
  postgresNetwork.leadTo(Number(url.port));
  url.pathname = '/simpul';
  return { postgres: new Member('PostgreSQL', running.server, say), postgresNetwork, databaseUrl: url.href };
}

async function startBrokers({ brokers: count, kafkaDiskMb }: Layout, closing: Closing, say: Say) {
  const kafkaDisk = kafkaDiskMb === undefined ? undefined : SmallDisk.mount(kafkaDiskMb);
  if (kafkaDisk) closing.push(() => kafkaDisk.close());
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => ({
      network: await openProxy(closing),
      port: await steadyPort(),
      controllerPort: await steadyPort(),
    })),
  );
  for (const { network, port } of nodes) network.leadTo(port);
  const { servers, logDir } = await run(nodes, kafkaDisk?.folder, closing, say);
  const toBroker = (server: Engine, index: number): Broker => {
    const network = nodes[index]?.network;
    if (!network) throw new RangeError('more brokers than proxies');
    return { id: index + 1, network, member: new Member(count > 1 ? `Kafka ${index + 1}` : 'Kafka', server, say) };
  };
  const [first, ...others] = servers.map(toBroker);
  if (!first) throw new RangeError('a layout needs a broker');
  const brokers: [Broker, ...Broker[]] = [first, ...others];
  return { brokers, kafkaLogDir: logDir, kafkaDisk };
}

interface Node {
  network: Proxy;
  port: number;
  controllerPort: number;
}

async function run(nodes: readonly Node[], kafkaLogDir: string | undefined, closing: Closing, say: Say) {
  const options = { durable: false, progress: say };
  const [only, ...others] = nodes;
  if (only && others.length === 0) {
    const advertisedKafkaPort = only.network.port;
    const disk = kafkaLogDir === undefined ? {} : { kafkaLogDir };
    const running = await startKafka({ ...options, ...disk, kafkaPort: only.port, advertisedKafkaPort });
    closing.push(() => running.stop());
    return { servers: [running.server], logDir: running.logDir };
  }
  const places = nodes.map(({ network, ...ports }) => ({ ...ports, advertisedPort: network.port }));
  const running = await startKafkaNodes(options, places);
  closing.push(() => running.stop());
  return { servers: running.servers, logDir: '' };
}

async function openProxy(closing: Closing): Promise<Proxy> {
  const proxy = await Proxy.open();
  closing.push(() => proxy.close());
  return proxy;
}
