import { setTimeout as pause } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';
import type { Miss } from './oracle/evidence.js';
import type { App } from './stack.js';

/** What a process holds. */
export interface Vitals {
  alive: boolean;
  residentMb: number;
  openFiles: number;
}

/** Beyond these a process does not hold what it should have let go; clients keep some idle connections after a burst. */
const MOST_MORE_FILES = 200;
const MOST_RESIDENT_MB = 450;
/** For the data keys of a quarter of a million records, which a registry keeps at most; plans make over a hundred thousand. */
const KEYS_MB = 100;

export async function readVitals(apps: readonly App[]): Promise<Map<string, Vitals>> {
  const vitals = new Map<string, Vitals>();
  for (const app of apps) vitals.set(app.name, { alive: await isAlive(app), ...heldBy(app.pid) });
  return vitals;
}

async function isAlive({ operatorsUrl }: App): Promise<boolean> {
  try {
    return (await fetch(`${operatorsUrl}/livez`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function heldBy(pid: number): Omit<Vitals, 'alive'> {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1] ?? 0);
    return { residentMb: Math.round(kilobytes / 1_024), openFiles: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return { residentMb: 0, openFiles: 0 }; // ended meanwhile: `alive` tells
  }
}

const PATIENCE_MS = 8_000;

/** I13, given a moment: connections of clients that are done linger for some seconds. */
export async function watchVitals(apps: readonly App[], baseline: ReadonlyMap<string, Vitals>): Promise<Miss[]> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const misses = judgeVitals(baseline, await readVitals(apps));
    if (misses.length === 0 || Date.now() > end) return misses;
    await pause(200);
  }
}

/** I13: every process is alive and holds about what it held before. */
export function judgeVitals(baseline: ReadonlyMap<string, Vitals>, now: ReadonlyMap<string, Vitals>): Miss[] {
  return [...now].flatMap(([name, { alive, residentMb, openFiles }]): Miss[] => {
    const most = MOST_RESIDENT_MB + (name.startsWith('registry') ? KEYS_MB : 0);
    const before = baseline.get(name)?.openFiles ?? openFiles;
    const say = (what: string): Miss => ({ invariant: 'I13', what: `${name} ${what}` });
    return [
      ...(alive ? [] : [say('is not alive')]),
      ...(openFiles > before + MOST_MORE_FILES ? [say(`holds ${openFiles} files, ${before} before`)] : []),
      ...(residentMb > most ? [say(`holds ${residentMb} MB`)] : []),
    ];
  });
}
