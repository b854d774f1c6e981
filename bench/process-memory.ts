import { readFileSync, writeFileSync } from 'node:fs';

/** Bytes of one process, as Linux counts them. */
export interface ProcessMemory {
  /** Most it ever had, or had since the peak was forgotten. */
  peak: number;
  now: number;
}

export function readMemory(pid: number): ProcessMemory {
  return parseStatus(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

/** Reads the text of /proc/<pid>/status. */
export function parseStatus(status: string): ProcessMemory {
  const bytesOf = (name: string): number => {
    const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(status) ?? [];
    if (kib === undefined) throw new Error(`/proc does not tell ${name}`);
    return Number(kib) * 1_024;
  };
  return { peak: bytesOf('VmHWM'), now: bytesOf('VmRSS') };
}

/** Of 1,000,000 bytes, to a tenth. */
export const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;

/** From now on the peak is counted anew. */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
