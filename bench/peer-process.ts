import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Guarded, lastLines, startGuarded, until } from '../tools/local/guarded.mjs';
import { projectFolder } from '../tools/local/places.mjs';

export interface PeerOrder {
  /** Its name, which is also that of its log. */
  name: string;
  command: string;
  args: readonly string[];
  /** Takes the log. */
  folder: string;
  env: Readonly<Record<string, string>>;
}

/** A running peer; it never outlives this process. */
export interface Peer extends Guarded {
  log: string;
}

export async function startPeer({ name, command, args, folder, env }: PeerOrder): Promise<Peer> {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${name}.log`);
  const guarded = await startGuarded({
    command,
    args: [...args],
    cwd: projectFolder,
    env: { KAFKAJS_NO_PARTITIONER_WARNING: '1', ...env },
    log,
    pidFile: join(folder, `${name}.json`),
    stopSignal: 'SIGTERM',
    patienceMs: 4_000,
  });
  return Object.assign(guarded, { log });
}

/** A peer of bench/peers in our own build, listening on a port of its own. */
export async function startNodePeer(
  path: string,
  role: string,
  { folder, env, flags = [] }: Pick<PeerOrder, 'folder' | 'env'> & { flags?: readonly string[] },
): Promise<{ peer: Peer; url: string }> {
  const port = await freePort();
  const peer = await startPeer({
    name: `peer-${role}`,
    command: process.execPath,
    args: [...flags, `dist/bench/peers/${path}/main.js`, role],
    folder,
    env: { ...env, PORT: String(port) },
  });
  const url = `http://127.0.0.1:${port}`;
  await until(() => answers(peer, url), { withinMs: 30_000, what: `the peer ${role} listens` });
  return { peer, url };
}

async function answers(peer: Peer, url: string): Promise<true | undefined> {
  if (!peer.running) throw new Error(`a peer ended:\n${lastLines(peer.log)}`);
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return undefined; // not listening yet
  }
}

/** The last number that a peer has written on a line of its own. */
export function lastNumberOf({ log, running }: Peer): number {
  const text = readFileSync(log, 'utf8');
  if (!running) throw new Error(`a peer ended:\n${lastLines(log)}`);
  return Number(/(?:^|\n)(\d+)\n[^\n]*$/u.exec(text)?.[1] ?? 0);
}
