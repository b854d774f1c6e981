import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in µs: its own, and that of its children that ended and were waited for. */
export interface ProcessCpu {
  parent: number;
  own: number;
  ended: number;
}

/** Linux tells it in hundredths of a second, on all computers that we know. */
const TICK_US = 10_000;

/** Reads the text of /proc/<pid>/stat; the name in it may hold anything. */
export function parseStat(stat: string): ProcessCpu {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((place) => Number(fields[place]));
  const all = [parent, user, system, endedUser, endedSystem];
  if (!all.every((value) => Number.isInteger(value))) throw new Error('/proc does not tell the CPU time');
  return {
    parent: Number(parent),
    own: (Number(user) + Number(system)) * TICK_US,
    ended: (Number(endedUser) + Number(endedSystem)) * TICK_US,
  };
}

function findCpu(pid: number): ProcessCpu | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** A process with all its children, also those that ended: a server of PostgreSQL with its sessions and its writers. */
function readFamily(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => findCpu(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid);
  const self = findCpu(pid);
  if (!self) throw new Error(`process ${pid} is gone`);
  return children.reduce((sum, { own, ended }) => sum + own + ended, self.own + self.ended);
}

/** Counts the CPU time of processes from its making on. */
export class CpuMeter {
  private readonly before: ReadonlyMap<string, number>;

  /** Names to process ids. */
  constructor(private readonly processes: Readonly<Record<string, number>>) {
    this.before = this.read();
  }

  /** µs of CPU for each of so many events, by process. */
  perEvent(events: number): Record<string, number> {
    const used = [...this.read()].map(([name, now]) => [name, (now - (this.before.get(name) ?? 0)) / events] as const);
    return Object.fromEntries(used.map(([name, us]) => [`${name} µs/event`, Math.round(10 * us) / 10]));
  }

  private read(): Map<string, number> {
    return new Map(Object.entries(this.processes).map(([name, pid]) => [name, readFamily(pid)]));
  }
}
