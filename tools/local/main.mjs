// npm run local -- up [--archive <folder>] | down | wipe
// up keeps PostgreSQL and Kafka running in the foreground, starts again what dies, and writes how to reach them to
// .simpul/local.json, where the other tools look when DATABASE_URL or KAFKA_BROKERS are not set.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
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

/** @param {string} [archiveFolder] */
async function up(archiveFolder) {
  const running = findRunning();
  if (running) throw new Error(`already running (process ${running}): npm run local -- down`);
  const stopped = new Promise((done) => {
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(name, done);
  });
  const archive = archiveFolder && resolve(archiveFolder);
  const servers = await startServers({
    ...(archive && { archive }),
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
  const places = { databaseUrl, databaseOwnerUrl, brokers, pid: process.pid, ...(archive && { archive }) };
  writeFileSync(localFile, `${JSON.stringify(places, null, 2)}\n`);
  console.log(`DATABASE_URL=${databaseUrl}\nDATABASE_OWNER_URL=${databaseOwnerUrl}\nKAFKA_BROKERS=${brokers}`);
  if (archive) console.log(`WAL_ARCHIVE=${archive}`);
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
const usage = 'npm run local -- up [--archive <folder>] | down | wipe';

function readOrder() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { archive: { type: 'string' } } });
    const [name = ''] = positionals;
    if (!Object.hasOwn(commands, name) || positionals.length > 1 || (values.archive && name !== 'up')) return undefined;
    return { command: commands[/** @type {keyof typeof commands} */ (name)], archive: values.archive };
  } catch {
    return undefined; // an option that there is not: the usage says which there are
  }
}

const order = readOrder();
if (!order) {
  console.error(usage);
  process.exit(2);
}
try {
  await order.command(order.archive);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
