import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { type AppProcess, startApp } from '../tools/installation/app-process.js';
import type { Foundation } from '../tools/installation/installation.js';
import { freePort, until } from '../tools/local/guarded.mjs';

interface HubOrder {
  /** As `--parts` takes them. */
  parts: string;
  env?: Readonly<Record<string, string>>;
}

/** The hub with some parts, ready, where the foundation says that it is. */
export async function startHub(
  { folder, env }: Foundation,
  { parts, env: change = {} }: HubOrder,
  stop: AbortSignal,
): Promise<AppProcess> {
  return ready(startApp({ app: 'hub', args: ['--parts', parts], folder, env: { ...env, ...change } }), stop);
}

/** An app that answers at a place of its own. */
export interface PlacedApp extends AppProcess {
  url: string;
}

/** A registry process of its own, ready; `number` tells it from the others. */
export async function startRegistry(
  { folder: parent, env }: Foundation,
  number: number,
  stop: AbortSignal,
): Promise<PlacedApp> {
  const folder = join(parent, `registry-${number}`);
  mkdirSync(folder, { recursive: true });
  const ports = { PUBLIC_PORT: String(await freePort()), OPERATORS_PORT: String(await freePort()) };
  const registry = await ready(startApp({ app: 'registry', folder, env: { ...env, ...ports } }), stop);
  return Object.assign(registry, { url: `http://127.0.0.1:${ports.PUBLIC_PORT}` });
}

async function ready(app: AppProcess, stop: AbortSignal): Promise<AppProcess> {
  try {
    await app.untilReady(stop);
    return app;
  } catch (error) {
    await app.stop();
    throw error;
  }
}

/** The registry's public keys in a file, for adapters that run while no registry does. */
export async function keepRegistryKeys(foundation: Foundation, stop: AbortSignal): Promise<{ REGISTRY_JWKS: string }> {
  const hub = await startHub(foundation, { parts: 'registry' }, stop);
  try {
    const file = join(foundation.folder, 'registry.public.jwks.json');
    const answer = await fetch(foundation.env['REGISTRY_JWKS'] ?? '', { signal: AbortSignal.timeout(5_000) });
    writeFileSync(file, await answer.text());
    return { REGISTRY_JWKS: file };
  } finally {
    await hub.stop();
  }
}

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
