import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AccessData, SourceStore } from '@simpul/access';
import { type Sector, SECTORS } from '@simpul/contracts';
import { toPrivateJwk } from '@simpul/identifiers';
import { applyTopics } from '@simpul/messaging';
import { testDatabase, TestIssuer, testRegistryKey, topicPrefix } from '@simpul/testing';
import { freePort, until } from '../../tools/local/guarded.mjs';
import { nodeFlagsOf } from '../../tools/node-flags.mjs';
import { EVERYWHERE, SOURCE } from './token-set.js';

const root = resolve(import.meta.dirname, '../..');

/** The hub as it runs in operation, over servers of the test run, with an issuer whose tokens may be wrong. */
export interface Hub {
  port: number;
  pid: number;
  prefix: string;
  brokers: string[];
  issuer: TestIssuer;
  /** All that it has written. */
  log(): string;
  isRunning(): boolean;
  readyz(): Promise<number>;
  stop(): Promise<void>;
}

/** What the registry opens seals with. */
export const REGISTRY_KEY = testRegistryKey('hostile-1');

export async function startHub(): Promise<Hub> {
  await build();
  const [database, issuer] = await Promise.all([testDatabase(), TestIssuer.start()]);
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const prefix = topicPrefix();
  await applyTopics({ brokers, topicPrefix: prefix });
  await register(database.url);
  const folder = mkdtempSync(join(root, '.simpul', 'hostile-'));
  const [port, operatorsPort] = [await freePort(), await freePort()];
  const { env, entry } = {
    env: environment({ folder, port, operatorsPort, databaseUrl: database.url, prefix, issuer: issuer.url }),
    entry: 'dist/apps/hub/src/main.js',
  };
  const child = spawn(process.execPath, [...nodeFlagsOf('hub'), entry, '--parts', 'adapters,registry'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => lines.push(bytes.toString()));
  const readyz = async (): Promise<number> => {
    try {
      return (await fetch(`http://127.0.0.1:${operatorsPort}/readyz`, { signal: AbortSignal.timeout(5_000) })).status;
    } catch {
      return 0; // not listening
    }
  };
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    await end(child, isRunning);
    await Promise.all([issuer.close(), database.drop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => ((await readyz()) === 200 ? true : undefined), {
      withinMs: 90_000,
      what: 'the hub is ready',
    });
  } catch (error) {
    await stop();
    throw new Error(`The hub did not start: ${lines.join('').slice(-2_000)}`, { cause: error });
  }
  return { port, pid: child.pid ?? 0, prefix, brokers, issuer, log: () => lines.join(''), isRunning, readyz, stop };
}

/** In a process of its own: it may end the one that it runs in. */
async function build(): Promise<void> {
  const script = "await (await import('./tools/build-when-stale.mjs')).buildWhenStale();";
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The build failed');
}

async function register(databaseUrl: string): Promise<void> {
  const data = new AccessData(databaseUrl);
  const sources = new SourceStore(data);
  try {
    const scopes = ['events:own', 'persons:read'];
    const add = (name: string, sectors: Sector[]) => sources.add({ name, sectors, scopes, purposes: ['health-care'] });
    await add(SOURCE, ['health']);
    await add(EVERYWHERE, [...SECTORS]);
  } finally {
    await data.close();
  }
}

interface Places {
  folder: string;
  port: number;
  operatorsPort: number;
  databaseUrl: string;
  prefix: string;
  issuer: string;
}

function environment({ folder, port, operatorsPort, databaseUrl, prefix, issuer }: Places): NodeJS.ProcessEnv {
  const keys = join(folder, 'registry.private.jwks.json');
  writeFileSync(keys, JSON.stringify({ keys: [toPrivateJwk(REGISTRY_KEY)] }), { mode: 0o600 });
  const pseudonyms = SECTORS.map((sector) => [
    `PSEUDONYM_KEY_FILE_${sector.toUpperCase()}`,
    join(folder, `${sector}.key`),
  ]);
  return {
    ...process.env,
    ...Object.fromEntries(pseudonyms),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    LOG_LEVEL: 'debug',
    DATABASE_URL: databaseUrl,
    TOPIC_PREFIX: prefix,
    GROUP_ID: `${prefix}registry`,
    PUBLIC_PORT: String(port),
    OPERATORS_PORT: String(operatorsPort),
    ISSUER_URL: issuer,
    REGISTRY_JWKS: `http://127.0.0.1:${port}/registry/v1/keys`,
    REGISTRY_KEYS_FILE: keys,
    RECORD_ID_KEY_FILE: join(folder, 'record-id.key'),
    INDEX_KEY_FILE: join(folder, 'index.key'),
    KEK_FILE: join(folder, 'kek.key'),
    PAIRWISE_KEY_FILE: join(folder, 'pairwise.key'),
  };
}

async function end(child: ChildProcess, isRunning: () => boolean): Promise<void> {
  if (!isRunning()) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
