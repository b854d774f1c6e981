// Development: compiles on every change and restarts the hub (all parts in one process) with it. Uses the servers of
// DATABASE_URL and KAFKA_BROKERS or of a running `npm run local -- up`; without either it starts its own.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildWhenStale, noteBuilt } from './build-when-stale.mjs';
import { ownDatabase } from './local/own-database.mjs';
import { localFile, workFolder } from './local/places.mjs';
import { startServers } from './local/servers.mjs';
import { nodeFlagsOf } from './node-flags.mjs';

/** Where the servers are, and how to stop those that are ours. */
async function findServers() {
  const { DATABASE_URL: databaseUrl, KAFKA_BROKERS: brokers } = process.env;
  if (databaseUrl && brokers)
    return { databaseUrl, databaseOwnerUrl: databaseUrl, brokers, stop: async () => undefined };
  if (existsSync(localFile)) {
    /** @type {{ databaseUrl: string, databaseOwnerUrl: string, brokers: string }} */
    const local = JSON.parse(readFileSync(localFile, 'utf8'));
    return { ...local, stop: async () => undefined };
  }
  const own = await startServers({
    durable: true,
    supervised: true,
    dataDir: `${workFolder}/data`,
    progress: console.log,
  });
  return { ...(await ownDatabase(own.databaseUrl)), brokers: own.brokers, stop: () => own.stop() };
}

const servers = await findServers();
const env = {
  KAFKAJS_NO_PARTITIONER_WARNING: '1',
  DATABASE_URL: servers.databaseUrl,
  DATABASE_OWNER_URL: servers.databaseOwnerUrl,
  KAFKA_BROKERS: servers.brokers,
  ...process.env,
};
const node = (/** @type {string[]} */ ...args) => spawn(process.execPath, args, { stdio: 'inherit', env });

await buildWhenStale();
for (const args of [
  ['migrate', 'apply'],
  ['topics', 'apply'],
]) {
  const [code] = await once(node('tools/run.mjs', ...args), 'exit');
  if (code !== 0) {
    await servers.stop();
    process.exit(code ?? 1);
  }
}
/** Compiles for ever; its first round empties dist, so the hub starts after it. */
function compile() {
  const compiler = spawn(
    process.execPath,
    ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--watch', '--preserveWatchOutput'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const firstRound = new Promise((done) => {
    createInterface({ input: compiler.stdout }).on('line', (line) => {
      if (line.trim()) console.log(line);
      if (!line.includes('Watching for file changes')) return;
      if (line.includes('Found 0 errors')) noteBuilt(new Date());
      done(undefined);
    });
  });
  return { compiler, firstRound };
}

const { compiler, firstRound } = compile();
await firstRound;
// Not `nest start --watch`: SIGTERM to it leaves its child running.
const hub = node('--watch-path=dist', ...nodeFlagsOf('hub'), 'dist/apps/hub/src/main.js', '--parts', 'all');
const children = [compiler, hub];
const ends = children.map((child) => once(child, 'exit'));
await new Promise((done) => {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, done);
});
for (const child of children) child.kill('SIGTERM');
await Promise.all(ends);
await servers.stop();
process.exit(0);
