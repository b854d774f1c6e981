// A real Apache Kafka: one node, or several that know each other; each is broker and controller in one process.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lastLines } from './guarded.mjs';

const run = promisify(execFile);

// 16 bytes in base64url. Fixed: a node is told apart by its ports.
const clusterId = 'c2ltcHVsLWthZmthLWlkMQ';

/**
 * @typedef {object} KafkaOptions
 * @property {string} folder everything of this server
 * @property {string} jars
 * @property {number} port
 * @property {number[]} controllerPorts of all nodes that belong together
 * @property {number} [node] which of them this is, from 1 on
 * @property {string} [logDir] where the messages lie, if not in the folder
 * @property {number} [advertisedPort] what clients are sent to: a proxy's port, to slow or cut what they say
 * @property {boolean} durable
 * @property {SecureListener} [secure] one more way in, by TLS and password
 * @property {boolean} throwAway remove the folder when nobody is left to do so
 */

/**
 * @typedef {object} SecureListener
 * @property {number} port
 * @property {string} keystore file (PKCS12) with the broker's key and certificate
 * @property {string} keystorePassword
 * @property {Record<string, string>} users passwords by name
 */

/** @param {SecureListener} listener */
function secureProperties({ keystore, keystorePassword, users }) {
  const known = Object.entries(users).map(([name, password]) => ` user_${name}="${password}"`);
  return Object.fromEntries(
    Object.entries({
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': keystore,
      'ssl.keystore.password': keystorePassword,
      'ssl.key.password': keystorePassword,
      'sasl.enabled.mechanisms': 'PLAIN',
      'plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required${known.join('')};`,
    }).map(([name, value]) => [`listener.name.secure.${name}`, value]),
  );
}

/** @param {Pick<KafkaOptions, 'folder' | 'logDir'>} options */
const logDirOf = ({ folder, logDir }) => logDir ?? join(folder, 'data');

/** @param {KafkaOptions} options */
function properties({ port, controllerPorts, node = 1, advertisedPort = port, durable, secure, ...options }) {
  const [copies, needed] = controllerPorts.length >= 3 ? [3, 2] : [1, 1];
  const voters = controllerPorts.map((controllerPort, index) => `${index + 1}@127.0.0.1:${controllerPort}`);
  const controller = `CONTROLLER://127.0.0.1:${controllerPorts[node - 1]}`;
  const secured = secure ? `,SECURE://127.0.0.1:${secure.port}` : '';
  const internal = ['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'];
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://127.0.0.1:${port},${controller}${secured}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}${secured}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL',
    ...(secure && secureProperties(secure)),
    'log.dirs': logDirOf(options),
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': needed,
    ...Object.fromEntries(internal.map((topic) => [`${topic}.replication.factor`, copies])),
    'transaction.state.log.min.isr': needed,
    'share.coordinator.state.topic.min.isr': needed,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    'num.network.threads': 2,
    'num.io.threads': durable ? 4 : 2,
    // The default, 128 MB, is for servers with many compacted topics.
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    // After a kill -9 the broker may register again only when its dead self has timed out.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/**
 * Does the broker answer? Any answer to ApiVersions means yes.
 * @param {number} port
 * @returns {Promise<true | undefined>}
 */
function isReady(port) {
  const request = Buffer.alloc(14);
  request.writeInt32BE(10, 0); // length of what follows
  request.writeInt16BE(18, 4); // ApiVersions
  request.writeInt32BE(1, 8); // correlation id; version 0 stays 0
  request.writeInt16BE(-1, 12); // no client id
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = (/** @type {true | undefined} */ answer) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(2_000, () => end(undefined));
    socket.once('data', () => end(true));
    socket.once('error', () => end(undefined));
    socket.once('close', () => end(undefined));
  });
}

/**
 * Prepares a broker, see preparePostgres.
 * @param {KafkaOptions} options
 */
export async function prepareKafka(options) {
  const file = join(options.folder, 'server.properties');
  const log = join(options.folder, 'kafka.log');
  const classPath = join(options.jars, '*');
  mkdirSync(options.folder, { recursive: true, mode: 0o755 });
  writeFileSync(file, properties(options));
  if (!existsSync(join(logDirOf(options), 'meta.properties')))
    await run('java', [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-cp',
      classPath,
      'kafka.tools.StorageTool',
      'format',
      '-t',
      clusterId,
      '-c',
      file,
    ]);
  // Compiled code of the first level starts sooner; a server that stays is better served by all levels.
  const start = options.durable ? [] : ['-XX:TieredStopAtLevel=1'];
  /** @type {import('./guarded.mjs').Order} */
  const order = {
    command: 'java',
    args: ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', ...start, '-cp', classPath, 'kafka.Kafka', file],
    cwd: options.folder,
    log,
    pidFile: join(options.folder, 'server.json'),
    stopSignal: 'SIGTERM',
    patienceMs: options.throwAway ? 4_000 : 20_000,
    ...(options.throwAway && { removeWhenAlone: options.folder }),
  };
  return { order, logDir: logDirOf(options), isReady: () => isReady(options.port), why: () => lastLines(log) };
}
