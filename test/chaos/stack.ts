import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Order, until } from '../../tools/local/guarded.mjs';
import { nodeFlagsOf } from '../../tools/node-flags.mjs';
import { type Agency, registerAgencies } from './agency.js';
import { type Builds, BUILDS, makeCrashBuild } from './crash-build.js';
import { type Keys, writeKeys } from './keys.js';
import type { Layout } from './layout.js';
import type { Position } from './oracle/evidence.js';
import { AppEngine, Member } from './member.js';
import type { Proxy } from './proxy.js';
import { type Servers, startServers } from './servers.js';
import { steadyPort } from './steady-port.js';

type Say = (line: string) => void;

/** How an app is started next time: from which build, with which settings on top of its own. */
export interface Variant {
  crashAt?: string;
  /** Folder of another build. */
  build?: string;
  env?: Record<string, string>;
}

/** A process of the product. */
export class App extends Member {
  /** How the next starts go, one after the other; then plain. */
  readonly variants: Variant[] = [];
  /** Folder of the build that it runs from, unless a variant says otherwise. */
  build = BUILDS.plain;
  operatorsUrl = '';
}

/** The whole installation: servers behind proxies, the product's processes, its agencies. */
export interface Stack extends Servers {
  folder: string;
  builds: Builds;
  /** The first broker, mostly the only one. */
  kafka: Member;
  kafkaNetwork: Proxy;
  adapters: App;
  registries: [App, App];
  /** Joins and leaves the others. */
  spare: App;
  issuer: App;
  /** Every app that is to be there. */
  apps: App[];
  members: Member[];
  keys: Keys;
  /** What every process of the product finds in its environment. */
  settings: Record<string, string>;
  agencies: Agency[];
  issuerUrl: string;
  adaptersUrl: string;
  brokerUrls: string[];
  stop(): Promise<void>;
}

const APP_PASSWORD = 'chaos';
export const PARTITIONS = 3;

export interface StackOptions {
  layout: Layout;
  folder: string;
  seed: number;
  say: Say;
  builds: Builds;
}

export async function startStack({ layout, folder, seed, say, builds }: StackOptions): Promise<Stack> {
  mkdirSync(folder, { recursive: true });
  makeCrashBuild(builds);
  const keys = writeKeys(join(folder, 'keys'), seed);
  const closing: (() => unknown)[] = [];
  try {
    const servers = await startServers(layout, closing, say);
    const { brokers, databaseUrl, postgresNetwork } = servers;
    const brokerUrls = brokers.map(({ network }) => `127.0.0.1:${network.port}`);
    const agencies = await prepare(builds.plain, databaseUrl, brokerUrls);
    const apps = await startApps({ folder, builds, keys, brokerUrls, postgresNetwork, say });
    closing.push(() => Promise.all(apps.all.map((app) => app.stop())));
    await untilReady(apps.running);
    const [{ member: kafka, network: kafkaNetwork }] = brokers;
    return {
      ...servers,
      ...apps,
      folder,
      builds,
      keys,
      agencies,
      kafka,
      kafkaNetwork,
      apps: apps.running,
      members: [...brokers.map(({ member }) => member), servers.postgres, ...apps.running],
      brokerUrls,
      stop: () => closeAll(closing),
    };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

async function closeAll(closing: (() => unknown)[]): Promise<void> {
  for (const close of closing.toReversed()) await close();
}

/** Database, schema, topics and agencies, by the commands that an operator uses. */
async function prepare(build: string, databaseUrl: string, brokerUrls: readonly string[]): Promise<Agency[]> {
  const counts = ['--partitions', PARTITIONS, '--replication', brokerUrls.length].map(String);
  const topics = runTool(build, ['topics', 'apply', ...counts], { KAFKA_BROKERS: brokerUrls.join(',') });
  await Promise.all([topics, makeDatabase(build, databaseUrl)]);
  return await withClient(databaseUrl, registerAgencies);
}

/** An empty database of that name with the schema of the registry. */
export async function makeDatabase(build: string, url: string): Promise<void> {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  await withClient(server.href, (client) => client.query(`CREATE DATABASE ${name}`));
  await runTool(build, ['migrate', 'apply'], { DATABASE_OWNER_URL: url, DATABASE_APP_PASSWORD: APP_PASSWORD });
}

/** A command of the product, from that build; gives what it prints. */
export async function runTool(
  build: string,
  [tool = '', ...args]: string[],
  env: Record<string, string>,
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [`${build}/tools/${tool}/main.js`, ...args], {
    env: { PATH: process.env['PATH'], KAFKAJS_NO_PARTITIONER_WARNING: '1', ...env },
    timeout: 120_000,
  });
  return stdout.trim();
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 30_000 });
  client.on('error', () => undefined); // what breaks after the work is no loss
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

interface AppParts {
  folder: string;
  builds: Builds;
  keys: Keys;
  brokerUrls: readonly string[];
  postgresNetwork: Proxy;
  say: Say;
}

async function startApps({ folder, builds, keys, brokerUrls, postgresNetwork, say }: AppParts) {
  const [issuerPort, adaptersPort] = [await steadyPort(), await steadyPort()];
  const issuerUrl = `http://127.0.0.1:${issuerPort}/issuer`;
  const env = {
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    DATABASE_URL: `postgres://simpul_app:${APP_PASSWORD}@127.0.0.1:${postgresNetwork.port}/simpul`,
    KAFKA_BROKERS: brokerUrls.join(','),
    ISSUER_URL: issuerUrl,
    REGISTRY_JWKS: keys.publicSet,
    // Shorter than in production, so that an answer comes while the fault is there.
    PUBLISH_DEADLINE_MS: '3000',
    LOG_LEVEL: 'info',
    ...keys.files,
  };
  const app = async (name: string, part: string[], port?: number): Promise<App> => {
    const operatorsPort = await steadyPort();
    const ports = { PUBLIC_PORT: String(port ?? (await steadyPort())), OPERATORS_PORT: String(operatorsPort) };
    const order = (variant: Variant): Order =>
      orderOf({ folder, builds, name, part, env: { ...env, ...ports } }, variant);
    const made: App = new App(name, new AppEngine(() => order({ build: made.build, ...made.variants.shift() })), say);
    made.build = builds.plain;
    made.operatorsUrl = `http://127.0.0.1:${operatorsPort}`;
    return made;
  };
  const registry = (number: number): Promise<App> => app(`registry-${number}`, ['registry']);
  const issuer = await app('issuer', ['issuer'], issuerPort);
  const adapters = await app('adapters', ['hub', '--parts', 'adapters'], adaptersPort);
  const registries: [App, App] = [await registry(1), await registry(2)];
  const spare = await registry(3);
  const running = [issuer, adapters, ...registries];
  await Promise.all(running.map((each) => each.start()));
  const adaptersUrl = `http://127.0.0.1:${adaptersPort}`;
  return {
    issuer,
    adapters,
    registries,
    spare,
    running,
    all: [...running, spare],
    issuerUrl,
    adaptersUrl,
    settings: env,
  };
}

interface AppStart {
  folder: string;
  builds: Builds;
  name: string;
  /** Name of the app, and its arguments. */
  part: string[];
  env: Record<string, string>;
}

function orderOf(
  { folder, builds, name, part: [app = '', ...args], env }: AppStart,
  { crashAt, build: wanted = builds.plain, env: more }: Variant,
): Order {
  const build = crashAt ? builds.crash : wanted;
  return {
    command: process.execPath,
    args: [...nodeFlagsOf(app), `${build}/apps/${app}/src/main.js`, ...args],
    cwd: process.cwd(),
    env: { ...env, ...more, ...(crashAt && { CRASH_AT: crashAt }) },
    log: join(folder, `${name}.log`),
    pidFile: join(process.cwd(), folder, `${name}.json`),
    stopSignal: 'SIGTERM',
    patienceMs: 15_000,
  };
}

/** Waits until these apps say that they are ready. */
export async function untilReady(apps: readonly App[], withinMs = 60_000): Promise<void> {
  for (const app of apps)
    await until(async () => ((await isReady(app)) ? true : undefined), { withinMs, what: `${app.name} is ready` });
}

export async function isReady({ operatorsUrl }: App): Promise<boolean> {
  try {
    return (await fetch(`${operatorsUrl}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // not listening
  }
}

/** Empty while the database is away. */
export async function findPositions(databaseUrl: string): Promise<Position[]> {
  try {
    return await listPositions(databaseUrl);
  } catch {
    return [];
  }
}

export async function listPositions(databaseUrl: string): Promise<Position[]> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{
      generation: number;
      topic: string;
      partition: number;
      first: string;
      next: string;
    }>(
      `SELECT generation, topic, partition, first_offset AS first, next_offset AS next
       FROM operations.log_position WHERE closed_at IS NULL`,
    );
    return rows.map((row) => ({ ...row, first: BigInt(row.first), next: BigInt(row.next) }));
  });
}

/** What an app tells of itself in numbers. */
export async function readMetrics({ operatorsUrl }: App): Promise<string> {
  return await (await fetch(`${operatorsUrl}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
}

/** Stops an app and starts it again, as a variant until its next start, and waits until it is ready. */
export async function startAgain(app: App, variant?: Variant): Promise<void> {
  await app.stop();
  if (variant) app.variants.push(variant);
  await app.start();
  await untilReady([app]);
}
