import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds, and a way to let them pass. */
export interface Clock {
  now(): number;
  /** Returns at once for a moment that has passed. */
  until(moment: number, stop: AbortSignal): Promise<void>;
}

export const wallClock: Clock = {
  now: () => performance.now(),
  until: async (moment, signal) => {
    const left = moment - performance.now();
    if (left > 0) await pause(left, undefined, { signal });
  },
};

export interface Schedule {
  perSecond: number;
  count: number;
  stop: AbortSignal;
  clock?: Clock;
}

/**
 * Open loop: each start has its moment, whatever became of those before. A start that comes late is made at once and is
 * told its own moment, so that lateness counts, ours too. Resolves after the last start.
 */
export async function keepSchedule(
  { perSecond, count, stop, clock = wallClock }: Schedule,
  start: (index: number, scheduled: number) => void,
): Promise<void> {
  const from = clock.now();
  for (let index = 0; index < count; index++) {
    const scheduled = from + (index * 1_000) / perSecond;
    await clock.until(scheduled, stop);
    stop.throwIfAborted();
    start(index, scheduled);
  }
}
