// PostgreSQL and Kafka on this computer, as a library for the demonstration, the tests and the benchmarks.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './guarded.mjs';
import { kafkaJars } from './kafka-jars.mjs';
import { prepareKafka } from './kafka.mjs';
import { reachable, throwAwayFolder } from './places.mjs';
import { control, preparePostgres } from './postgres.mjs';

/**
 * @typedef {object} ServersOptions
 * @property {boolean} durable true: what was committed survives a power cut. false: faster, for tests
 * @property {string} [dataDir] keeps the data there; without it they are gone after stop()
 * @property {number} [kafkaPort] preferred; another one if it is taken
 * @property {number} [postgresPort] preferred; another one if it is taken
 * @property {number} [advertisedKafkaPort] where Kafka sends its clients, if not to itself (a proxy)
 * @property {string} [kafkaLogDir] where Kafka's messages lie, if not beside the rest: stays when it stops
 * @property {Omit<import('./kafka.mjs').SecureListener, 'port'>} [secureKafka] one more way into Kafka, by TLS and password
 * @property {string} [archive] folder for the WAL of PostgreSQL, kept when the servers stop
 * @property {boolean} [supervised] starts again what dies
 * @property {AbortSignal} [signal] gives up while they start; what had started is stopped
 * @property {(line: string) => void} [progress]
 *
 * @typedef {ReturnType<typeof control>} ServerControl pid, start(), untilReady(), stop(), kill9()
 *
 * @typedef {object} LocalServers
 * @property {string} databaseUrl superuser, database postgres
 * @property {string} brokers host:port
 * @property {number} postgresPid
 * @property {number} kafkaPid
 * @property {ServerControl} postgres
 * @property {ServerControl} kafka
 * @property {() => Promise<void>} stop both, cleanly; removes throw-away data
 */

/**
 * Starts both servers and waits until they answer. Neither outlives this process, however it ends.
 * @param {ServersOptions} options
 * @returns {Promise<LocalServers>}
 */
export async function startServers(options) {
  const [postgres, kafka] = await Promise.allSettled([startPostgres(options), startKafka(options)]);
  if (postgres.status === 'fulfilled' && kafka.status === 'fulfilled')
    return {
      databaseUrl: postgres.value.databaseUrl,
      brokers: kafka.value.brokers,
      get postgresPid() {
        return postgres.value.server.pid;
      },
      get kafkaPid() {
        return kafka.value.server.pid;
      },
      postgres: postgres.value.server,
      kafka: kafka.value.server,
      async stop() {
        await Promise.all([postgres.value.stop(), kafka.value.stop()]);
      },
    };
  for (const half of [postgres, kafka]) if (half.status === 'fulfilled') await half.value.stop();
  throw postgres.status === 'rejected' ? postgres.reason : /** @type {PromiseRejectedResult} */ (kafka).reason;
}

/**
 * PostgreSQL alone.
 * @param {ServersOptions} options
 */
export async function startPostgres(options) {
  const folder = options.dataDir ? join(reachable(options.dataDir), 'postgres') : join(throwAwayFolder(), 'postgres');
  const port = await freePort(options.postgresPort);
  const { durable, dataDir, archive } = options;
  const prepared = await preparePostgres({ folder, port, durable, throwAway: !dataDir, ...(archive && { archive }) });
  const running = await runServer(control(prepared, 'PostgreSQL'), 'PostgreSQL', options, folder);
  return { ...running, databaseUrl: prepared.url };
}

/**
 * Kafka alone: a private broker for a spec that breaks it.
 * @param {ServersOptions} options
 */
export async function startKafka(options) {
  const port = await freePort(options.kafkaPort);
  const secure = options.secureKafka && { ...options.secureKafka, port: await freePort() };
  const running = await runKafka('Kafka', options, {
    port,
    controllerPorts: [await freePort()],
    advertisedPort: options.advertisedKafkaPort,
    logDir: options.kafkaLogDir,
    secure,
  });
  return { ...running, brokers: `127.0.0.1:${port}`, secureBrokers: secure ? `127.0.0.1:${secure.port}` : '' };
}

/**
 * Kafka as several nodes. A majority of them must run; with three or more, topics may have three copies.
 * @param {ServersOptions} options
 * @param {{ port: number, controllerPort: number, advertisedPort?: number }[]} nodes
 */
export async function startKafkaNodes(options, nodes) {
  const controllerPorts = nodes.map(({ controllerPort }) => controllerPort);
  // At once: none of them is ready before most are.
  const outcomes = await Promise.allSettled(
    nodes.map(({ port, advertisedPort }, index) =>
      runKafka(`Kafka ${index + 1}`, options, { port, controllerPorts, node: index + 1, advertisedPort }),
    ),
  );
  const running = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => void (await Promise.all(running.map((node) => node.stop())));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { servers: running.map(({ server }) => server), brokers: nodes.map(({ port }) => `127.0.0.1:${port}`), stop };
}

/**
 * @param {string} name
 * @param {ServersOptions} options
 * @param {Pick<import('./kafka.mjs').KafkaOptions, 'port' | 'controllerPorts' | 'node' | 'advertisedPort' | 'logDir' | 'secure'>} node
 */
async function runKafka(name, options, node) {
  const jars = await kafkaJars(options.progress ?? (() => undefined), options.signal);
  const own = name.toLowerCase().replace(' ', '-');
  const folder = join(options.dataDir ? reachable(options.dataDir) : throwAwayFolder(), own);
  const prepared = await prepareKafka({ ...node, folder, jars, durable: options.durable, throwAway: !options.dataDir });
  return { ...(await runServer(control(prepared, name), name, options, folder)), logDir: prepared.logDir };
}

/**
 * @param {ServerControl} server
 * @param {string} name
 * @param {ServersOptions} options
 * @param {string} folder
 */
async function runServer(server, name, options, folder) {
  const stopping = new AbortController();
  const end = async () => {
    await server.stop();
    await supervision;
    if (!options.dataDir) rmSync(dirname(folder), { recursive: true, force: true });
  };
  const say = options.progress ?? (() => undefined);
  /** @type {Promise<void> | undefined} */
  let supervision;
  try {
    await server.start(options.signal);
  } catch (error) {
    await end();
    throw error;
  }
  if (options.supervised) supervision = supervise(server, name, stopping.signal, say);
  return {
    server,
    async stop() {
      stopping.abort();
      await end();
    },
  };
}

/**
 * Starts a server again whenever it ends, for as long as nobody asked for its end.
 * @param {ServerControl} server
 * @param {string} name
 * @param {AbortSignal} stopping
 * @param {(line: string) => void} say
 */
async function supervise(server, name, stopping, say) {
  for (let wait = 200; ; wait = Math.min(wait * 2, 10_000)) {
    const how = await server.ended;
    if (stopping.aborted) return;
    say(`${name} ended (${how}); starting it again`);
    await pause(wait, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    try {
      await server.start(stopping);
      if (stopping.aborted) return await server.stop();
      say(`${name} is back`);
      wait = 100;
    } catch (error) {
      // stop() may have come before the new process was there to be stopped.
      if (stopping.aborted) return await server.stop();
      say(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
