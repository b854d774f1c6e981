// npm run local -- up | down | wipe
// up keeps PostgreSQL and Kafka running in the foreground, starts again what dies, and writes how to reach them to
// .simpul/local.json, where the other tools look when DATABASE_URL or KAFKA_BROKERS are not set.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAlive, signal, until } from './guarded.mjs';
import { ownDatabase } from './own-database.mjs';
import { localFile, reachable, workFolder } from './places.mjs';
import { startServers } from './servers.mjs';

const dataDir = join(workFolder, 'data');

/** The process of a running `up`, if there is one. */
function findRunning() {
  if (!existsSync(localFile)) return undefined;
  /** @type {{ pid: number }} */
  const { pid } = JSON.parse(readFileSync(localFile, 'utf8'));
  if (isAlive(pid)) return pid;
  rmSync(localFile); // left by one that was killed; its servers ended with it
  return undefined;
}

async function up() {
  const running = findRunning();
  if (running) throw new Error(`already running (process ${running}): npm run local -- down`);
  const stopped = new Promise((done) => {
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(name, done);
  });
  const servers = await startServers({
    durable: true,
    supervised: true,
    dataDir,
    postgresPort: 5432,
    kafkaPort: 9092,
    progress: console.log,
  });
  mkdirSync(dirname(localFile), { recursive: true });
  const { databaseUrl, databaseOwnerUrl } = await ownDatabase(servers.databaseUrl);
  const { brokers } = servers;
  const places = { databaseUrl, databaseOwnerUrl, brokers, pid: process.pid };
  writeFileSync(localFile, `${JSON.stringify(places, null, 2)}\n`);
  console.log(`DATABASE_URL=${databaseUrl}\nDATABASE_OWNER_URL=${databaseOwnerUrl}\nKAFKA_BROKERS=${brokers}`);
  console.log(`Ctrl-C, or npm run local -- down, stops both.`);
  await stopped;
  console.log('Stopping');
  rmSync(localFile, { force: true });
  await servers.stop();
}

async function down() {
  const running = findRunning();
  if (!running) return console.log('Nothing is running.');
  signal(running, 'SIGTERM');
  await until(async () => !isAlive(running) || undefined, { withinMs: 45_000, what: `end of process ${running}` });
  console.log('Stopped.');
}

async function wipe() {
  if (findRunning()) throw new Error('still running: npm run local -- down');
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(reachable(dataDir), { recursive: true, force: true });
  console.log('The data of the local servers are gone.');
}

const commands = { up, down, wipe };
const wanted = /** @type {keyof typeof commands} */ (process.argv[2]);
if (!Object.hasOwn(commands, wanted ?? '')) {
  console.error('npm run local -- up | down | wipe');
  process.exit(2);
}
try {
  await commands[wanted]();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
