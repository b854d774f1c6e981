import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { type AppProcess, startApp } from '../tools/installation/app-process.js';
import type { Foundation } from '../tools/installation/installation.js';
import { freePort, until } from '../tools/local/guarded.mjs';
import { Wire } from './wire.js';

/** An app that answers at a place of its own. */
export interface PlacedApp extends AppProcess {
  url: string;
}

interface PlacedOrder {
  /** A folder of apps/. */
  app: string;
  /** Tells it from others of the same app. */
  number?: number;
  env?: Readonly<Record<string, string>>;
}

/** All apps in one process, ready, where the foundation says that it is. */
export async function startHub({ folder, env }: Foundation, stop: AbortSignal): Promise<AppProcess> {
  const hub = startApp({ app: 'hub', folder, env });
  await ready(hub, stop);
  return hub;
}

/** An app of its own, ready. */
export async function startApart(
  { folder: parent, env }: Foundation,
  { app, number = 1, env: change = {} }: PlacedOrder,
  stop: AbortSignal,
): Promise<PlacedApp> {
  const folder = join(parent, `${app}-${number}`);
  mkdirSync(folder, { recursive: true });
  const ports = { PUBLIC_PORT: String(await freePort()), OPERATORS_PORT: String(await freePort()) };
  const url = `http://127.0.0.1:${ports.PUBLIC_PORT}`;
  const own: Record<string, string> = app === 'issuer' ? { ISSUER_URL: `${url}/issuer` } : {};
  const started = startApp({ app, folder, env: { ...env, ...ports, ...own, ...change } });
  await ready(started, stop);
  return Object.assign(started, { url });
}

/** What does not become ready is ended. */
async function ready(app: AppProcess, stop: AbortSignal): Promise<void> {
  try {
    await app.untilReady(stop);
  } catch (error) {
    await app.stop();
    throw error;
  }
}

/** The apps apart, as they are shipped for a computer that has memory: one process each. */
export interface Apart {
  /** Where tokens come from. */
  issuerUrl: string;
  adapter: PlacedApp;
  registries: readonly PlacedApp[];
  wire: Wire;
  /** The same client at the first registry. */
  reader: Wire;
  pids: Record<string, number>;
  stop(): Promise<void>;
}

interface ApartOrder {
  registries: number;
  env?: Readonly<Record<string, string>>;
}

/** Issuer, the health adapter and so many registries. Without a registry the adapter takes its keys from a file. */
export async function startProduct(
  foundation: Foundation,
  { registries: count, env = {} }: ApartOrder,
  stop: AbortSignal,
): Promise<Apart> {
  const started: { stop(): Promise<void> }[] = [];
  const stopAll = async (): Promise<void> => {
    for (const each of started.splice(0).toReversed()) await each.stop();
  };
  const start = async (order: PlacedOrder): Promise<PlacedApp> => {
    const app = await startApart(foundation, order, stop);
    started.push(app);
    return app;
  };
  try {
    const issuer = await start({ app: 'issuer' });
    const issuerUrl = `${issuer.url}/issuer`;
    const all = { ...env, ISSUER_URL: issuerUrl };
    const registries: PlacedApp[] = [];
    for (let number = 1; number <= count; number++) registries.push(await start({ app: 'registry', number, env: all }));
    const keys = registries[0] ? `${registries[0].url}/registry/v1/keys` : await keepRegistryKeys(foundation, stop);
    const adapter = await start({ app: 'adapter-health', env: { ...all, REGISTRY_JWKS: keys } });
    const wire = await Wire.open({ url: adapter.url, keys: foundation.keys, issuerUrl });
    const reader = wire.at(registries[0]?.url ?? adapter.url);
    started.push({ stop: async () => wire.close() }, { stop: async () => reader.close() });
    const pids = Object.fromEntries(registries.map(({ pid }, place) => [`registry ${place + 1}`, pid]));
    return { issuerUrl, adapter, registries, wire, reader, pids: { adapter: adapter.pid, ...pids }, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** The registry's public keys in a file, for an adapter that runs while no registry does. */
async function keepRegistryKeys(foundation: Foundation, stop: AbortSignal): Promise<string> {
  const registry = await startApart(foundation, { app: 'registry', number: 0 }, stop);
  try {
    const file = join(foundation.folder, 'registry.public.jwks.json');
    const answer = await fetch(`${registry.url}/registry/v1/keys`, { signal: AbortSignal.timeout(5_000) });
    writeFileSync(file, await answer.text());
    return file;
  } finally {
    await registry.stop();
  }
}

/** The servers' processes, for their CPU time. */
export const serverPids = ({ servers }: Foundation): Record<string, number> => ({
  PostgreSQL: servers.postgresPid,
  Kafka: servers.kafkaPid,
});

/** Messages whose effect is committed, of all partitions. */
export async function countApplied(client: Client): Promise<number> {
  const { rows } = await client.query<{ applied: string }>(
    'SELECT coalesce(sum(next_offset - first_offset), 0) AS applied FROM operations.log_position',
  );
  return Number(rows[0]?.applied ?? 0);
}

/** Waits until so many messages are committed; the moment when they were. */
export async function untilApplied(client: Client, count: number, withinMs: number): Promise<number> {
  return until(async () => ((await countApplied(client)) >= count ? performance.now() : undefined), {
    withinMs,
    what: `${count} messages are committed`,
  });
}
