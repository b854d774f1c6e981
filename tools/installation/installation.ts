import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { AccessData, type ClientKey, type NewSource, SourceStore } from '@simpul/access';
import { migrate, withConnection } from '@simpul/database';
import { applyTopics } from '@simpul/messaging';
import { freePort } from '../local/guarded.mjs';
import { type LocalServers, startPostgres, startServers } from '../local/servers.mjs';
import { writeClientFile } from '../source/client-file.js';
import { startApp } from './app-process.js';
import { keyFiles, makeRunFolder } from './run-folder.js';

/** PostgreSQL with a database of ours. */
export interface DatabaseAlone {
  /** For the owner of the tables, who is the server's superuser. */
  ownerUrl: string;
  /** For the role without DDL, as in operation. */
  databaseUrl: string;
  /** The server's first process. */
  postgresPid: number;
  stop(): Promise<void>;
}

/** Everything that apps need: servers, database, topics and sources. */
export interface Foundation {
  servers: LocalServers;
  /** For the owner of the tables, who is the server's superuser. */
  ownerUrl: string;
  /** Where the hub will be. */
  url: string;
  /** What an app's process sees. */
  env: Record<string, string>;
  keys: ReadonlyMap<string, ClientKey>;
  /** With its keys, the files of its clients and the apps' logs; gone after stop(). */
  folder: string;
  stop(): Promise<void>;
}

export interface Installation extends Foundation {
  /** Where the registry is: the hub too, unless it is apart. */
  registryUrl: string;
  /** File with what the hub says. */
  log: string;
  /** The hub's process, another one after it was killed. */
  hubPid(): number;
  /** kill -9, and until it is dead; it comes back by itself. Throws when it does not run. */
  kill(part: Part): Promise<void>;
  /** Waits until it answers. */
  untilReady(part: Part): Promise<void>;
}

/** What may die in mid-run. */
export const PARTS = ['hub', 'registry', 'kafka', 'postgres'] as const;
export type Part = (typeof PARTS)[number];

type Say = (line: string) => void;

export interface InstallationPlan {
  /** Begins the name of its folder. */
  name: string;
  sources: readonly NewSource[];
  /** Where the key that makes record ids comes from: two runs of one plan have the same state hash. */
  seed: number;
  /** The registry is a process of its own, beside a hub of the other parts. */
  registryApart?: boolean;
  say: Say;
  /** Gives up while it starts. */
  signal?: AbortSignal;
}

/**
 * Servers, database, topics, sources and the hub: a whole installation that is gone after stop(), within 10 s. Nothing of it
 * outlives this process, and what had started is ended before it throws.
 */
export async function install(plan: InstallationPlan): Promise<Installation> {
  const { say, signal } = plan;
  const foundation = await layFoundation(plan);
  const { folder, servers } = foundation;
  const { env, registryEnv } = await environments(foundation.env, plan.registryApart === true);
  say(registryEnv ? 'Starting the hub, and the registry apart from it' : 'Starting the hub');
  const hub = startApp({ app: 'hub', args: registryEnv ? BESIDE_REGISTRY : [], folder, env });
  const registry = registryEnv && startApp({ app: 'registry', folder, env: registryEnv });
  const stop = async (): Promise<void> => {
    await Promise.all([hub.stop(), registry?.stop()]);
    await foundation.stop();
  };
  try {
    await Promise.all([hub.untilReady(signal), registry?.untilReady(signal)]);
    const dangers = dangersOf({ hub, registry, kafka: servers.kafka, postgres: servers.postgres });
    const registryUrl = urlOf(registryEnv ?? env);
    return { ...foundation, env, registryUrl, log: hub.log, hubPid: () => hub.pid, ...dangers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same without an app. */
export async function layFoundation(plan: InstallationPlan): Promise<Foundation> {
  const { say, signal } = plan;
  const folder = makeRunFolder(plan.name);
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    say('Starting PostgreSQL and Kafka');
    const servers = await startServers({ durable: true, supervised: true, progress: say, ...(signal && { signal }) });
    undo.push(() => servers.stop());
    return { servers, ...(await furnish(servers, folder, plan)), folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL alone, with our tables. */
export async function startDatabase({ say, signal }: Pick<InstallationPlan, 'say' | 'signal'>): Promise<DatabaseAlone> {
  say('Starting PostgreSQL');
  const running = await startPostgres({ durable: true, progress: say, ...(signal && { signal }) });
  const stop = (): Promise<void> => running.stop();
  try {
    const { owner, app } = await makeDatabase(running.databaseUrl);
    return { ownerUrl: owner, databaseUrl: app, postgresPid: running.server.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const BESIDE_REGISTRY = ['--parts', 'issuer,adapters'];
const urlOf = (env: Record<string, string>): string => `http://127.0.0.1:${env['PUBLIC_PORT']}`;

interface Environments {
  env: Record<string, string>;
  /** Of the registry, if it is apart. */
  registryEnv?: Record<string, string>;
}

async function environments(hub: Environments['env'], registryApart: boolean): Promise<Environments> {
  if (!registryApart) return { env: hub };
  const ports = { PUBLIC_PORT: String(await freePort()), OPERATORS_PORT: String(await freePort()) };
  const env = { ...hub, REGISTRY_JWKS: `${urlOf(ports)}/registry/v1/keys` };
  return { env, registryEnv: { ...env, ...ports } };
}

interface Mortal {
  readonly pid: number;
  kill9(): Promise<void>;
  untilReady(): Promise<void>;
}

function dangersOf(parts: Record<Part, Mortal | undefined>): Pick<Installation, 'kill' | 'untilReady'> {
  const partOf = (name: Part): Mortal => {
    const part = parts[name];
    if (!part) throw new RangeError(`${name} is no process of its own here`);
    return part;
  };
  return {
    kill: async (name) => {
      const part = partOf(name);
      if (part.pid === 0) throw new Error(`${name} does not run`);
      await part.kill9();
    },
    untilReady: (name) => partOf(name).untilReady(),
  };
}

/** Database, topics and sources on servers that are empty. */
async function furnish(
  servers: LocalServers,
  folder: string,
  { sources, seed, signal }: InstallationPlan,
): Promise<Pick<Foundation, 'ownerUrl' | 'url' | 'env' | 'keys'>> {
  const { owner, app } = await makeDatabase(servers.databaseUrl);
  signal?.throwIfAborted();
  await applyTopics({ brokers: [servers.brokers] });
  signal?.throwIfAborted();
  const keys = await registerSources(owner, folder, sources);
  signal?.throwIfAborted();
  const [publicPort, operatorsPort] = [await freePort(3000), await freePort(3001)];
  const url = `http://127.0.0.1:${publicPort}`;
  const env = {
    DATABASE_URL: app,
    KAFKA_BROKERS: servers.brokers,
    PUBLIC_PORT: String(publicPort),
    OPERATORS_PORT: String(operatorsPort),
    ISSUER_URL: `${url}/issuer`,
    REGISTRY_JWKS: `${url}/registry/v1/keys`,
    ...keyFiles(folder, seed),
  };
  return { ownerUrl: owner, url, env, keys };
}

/** Processes use the role without DDL, as in operation. */
async function makeDatabase(serverUrl: string): Promise<{ owner: string; app: string }> {
  await withConnection(serverUrl, (client) => client.query('CREATE DATABASE simpul'));
  const owner = new URL(serverUrl);
  owner.pathname = '/simpul';
  const appPassword = randomBytes(18).toString('base64url');
  await migrate(owner.href, { appPassword });
  const app = new URL(owner);
  app.username = 'simpul_app';
  app.password = appPassword;
  return { owner: owner.href, app: app.href };
}

async function registerSources(
  ownerUrl: string,
  folder: string,
  sources: readonly NewSource[],
): Promise<Map<string, ClientKey>> {
  const data = new AccessData(ownerUrl);
  const store = new SourceStore(data);
  const keys = new Map<string, ClientKey>();
  try {
    for (const source of sources) {
      const key = await store.add(source);
      writeClientFile(key, source.scopes, folder);
      keys.set(source.name, key);
    }
  } finally {
    await data.close();
  }
  return keys;
}
