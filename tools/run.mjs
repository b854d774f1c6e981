// Runs a tool: `node tools/run.mjs <name> [arguments]`, the one way for all of them.
// A tool is TypeScript with the entry tools/<name>/main.ts (or bench/main.ts, test/chaos/main.ts). It is compiled by the same `nest build`
// as the apps, because it uses the libs' decorators and @simpul/* paths. So every npm script works right after npm ci:
// the first one builds. Servers are found in DATABASE_URL and KAFKA_BROKERS, else in .simpul/local.json, which a running
// `npm run local -- up` writes.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenStale } from './build-when-stale.mjs';

process.chdir(join(import.meta.dirname, '..'));
const [name = '', ...args] = process.argv.slice(2);
const folder = { bench: 'bench', chaos: 'test/chaos' }[name] ?? `tools/${name}`;
if (!existsSync(`${folder}/main.ts`) && !existsSync(`dist/${folder}/main.js`)) {
  console.error(`There is no tool ${name || '(none named)'}`);
  process.exit(2);
}
await buildWhenStale();

/** @type {NodeJS.ProcessEnv} */
const env = { KAFKAJS_NO_PARTITIONER_WARNING: '1', ...process.env };
if (existsSync('.simpul/local.json')) {
  const local = JSON.parse(readFileSync('.simpul/local.json', 'utf8'));
  // Only together: an owner of one database and processes of another would be nonsense.
  if (!env['DATABASE_URL'] && !env['DATABASE_OWNER_URL']) {
    env['DATABASE_URL'] = local.databaseUrl;
    env['DATABASE_OWNER_URL'] = local.databaseOwnerUrl;
  }
  env['KAFKA_BROKERS'] ??= local.brokers;
  if (local.archive) env['WAL_ARCHIVE'] ??= local.archive;
}
const tool = spawn(process.execPath, ['--enable-source-maps', `dist/${folder}/main.js`, ...args], {
  stdio: 'inherit',
  env,
});
// A terminal's Ctrl-C reaches the tool by itself and it decides; a signal to us alone is passed on.
process.on('SIGINT', () => undefined);
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => tool.kill(signal));
tool.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
