import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { AccessData, type ClientKey, type NewSource, SourceStore } from '@simpul/access';
import { migrate } from '@simpul/database';
import { applyTopics } from '@simpul/messaging';
import { freePort, until } from '../local/guarded.mjs';
import { type LocalServers, startServers } from '../local/servers.mjs';
import { NODE_FLAGS } from '../node-flags.mjs';

export interface Installation {
  url: string;
  /** What the hub's processes see. */
  env: Record<string, string>;
  keys: ReadonlyMap<string, ClientKey>;
  /** The hub's process, another one after it was killed. */
  hubPid(): number;
  /** kill -9; what was killed comes back by itself. */
  kill(part: Part): void;
  stop(): Promise<void>;
}

/** What may die in mid-run. */
export const PARTS = ['hub', 'kafka', 'postgres'] as const;
export type Part = (typeof PARTS)[number];

type Say = (line: string) => void;

export interface InstallationPlan {
  /** Begins the names of its folders. */
  name: string;
  sources: readonly NewSource[];
  /** Where the key that makes record ids comes from: two runs of one plan have the same state hash. */
  seed: number;
  say: Say;
}

/** Servers, database, topics, agencies and the hub: a whole installation that is gone after stop(). */
export async function install({ name, sources, seed, say }: InstallationPlan): Promise<Installation> {
  say('Starting PostgreSQL and Kafka');
  const servers = await startServers({ durable: true, supervised: true, progress: say });
  try {
    const { owner, app } = await makeDatabase(servers);
    await applyTopics({ brokers: [servers.brokers] });
    const keys = await registerSources(owner, sources);
    const env = await environment({ name, seed }, app, servers.brokers);
    say('Starting the hub');
    const hub = superviseHub(env);
    await untilReady(env);
    const url = `http://127.0.0.1:${env['PUBLIC_PORT']}`;
    const kill = (part: Part): void => {
      say(`kill -9 ${part}`);
      if (part === 'hub') hub.kill9();
      else void servers[part].kill9();
    };
    const stop = async (): Promise<void> => {
      await hub.stop();
      await servers.stop();
    };
    return { url, env, keys, hubPid: hub.pid, kill, stop };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

/** Processes use the role without DDL, as in operation. */
async function makeDatabase({ databaseUrl }: LocalServers): Promise<{ owner: string; app: string }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('CREATE DATABASE simpul');
  await client.end();
  const owner = new URL(databaseUrl);
  owner.pathname = '/simpul';
  const appPassword = randomBytes(18).toString('base64url');
  await migrate(owner.href, { appPassword });
  const app = new URL(owner);
  app.username = 'simpul_app';
  app.password = appPassword;
  return { owner: owner.href, app: app.href };
}

async function registerSources(ownerUrl: string, sources: readonly NewSource[]): Promise<Map<string, ClientKey>> {
  const data = new AccessData(ownerUrl);
  const store = new SourceStore(data);
  const keys = new Map<string, ClientKey>();
  try {
    for (const source of sources) keys.set(source.name, await store.add(source));
  } finally {
    await data.close();
  }
  return keys;
}

async function environment(
  { name, seed }: Pick<InstallationPlan, 'name' | 'seed'>,
  databaseUrl: string,
  brokers: string,
): Promise<Record<string, string>> {
  mkdirSync('.simpul', { recursive: true });
  const folder = mkdtempSync(join('.simpul', `${name}-keys-`));
  const recordIdKey = join(folder, 'record-id.key');
  const bytes = createHash('sha256').update(`simpul demo ${seed}`).digest('base64url');
  writeFileSync(recordIdKey, `${bytes}\n`, { mode: 0o600 });
  const [publicPort, operatorsPort] = [await freePort(3000), await freePort(3001)];
  const url = `http://127.0.0.1:${publicPort}`;
  return {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers,
    PUBLIC_PORT: String(publicPort),
    OPERATORS_PORT: String(operatorsPort),
    ISSUER_URL: `${url}/issuer`,
    REGISTRY_JWKS: `${url}/registry/v1/keys`,
    RECORD_ID_KEY_FILE: recordIdKey,
    REGISTRY_KEYS_FILE: join(folder, 'registry.private.jwks.json'),
    INDEX_KEY_FILE: join(folder, 'index.key'),
    KEK_FILE: join(folder, 'kek.key'),
    PAIRWISE_KEY_FILE: join(folder, 'pairwise.key'),
  };
}

const startHub = (env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [...NODE_FLAGS, 'dist/apps/hub/src/main.js'], {
    env: { ...process.env, KAFKAJS_NO_PARTITIONER_WARNING: '1', ...env },
    stdio: ['ignore', process.env['SIMPUL_DEMO_LOG'] ? 'inherit' : 'ignore', 'inherit'],
  });

/** Starts the hub again whenever it ends without being asked to. */
function superviseHub(env: Record<string, string>): { pid(): number; kill9(): void; stop(): Promise<void> } {
  let hub: ChildProcess;
  let stopping = false;
  const start = (): void => {
    if (stopping) return;
    hub = startHub(env);
    hub.once('exit', () => setTimeout(start, 200));
  };
  start();
  return {
    pid: () => hub.pid ?? 0,
    kill9: () => void hub.kill('SIGKILL'),
    stop: async () => {
      stopping = true;
      if (hub.exitCode !== null || hub.signalCode !== null) return;
      const ended = once(hub, 'exit');
      hub.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(env: Record<string, string>): Promise<void> {
  const isReady = async (): Promise<true | undefined> => {
    try {
      const url = `http://127.0.0.1:${env['OPERATORS_PORT']}/readyz`;
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok || undefined;
    } catch {
      return undefined; // not listening yet
    }
  };
  await until(isReady, { withinMs: 60_000, what: 'the hub is ready' });
}
