import { setTimeout as pause } from 'node:timers/promises';
import { isLockTimeout } from './fault.js';

export interface Patience {
  /** In all. */
  attempts: number;
  /** Between two of them. */
  pauseMs: number;
}

/** Tries again while a lock is not given in time. */
export async function patiently<T>({ attempts, pauseMs }: Patience, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isLockTimeout(error)) throw error;
      await pause(pauseMs);
    }
  }
}
