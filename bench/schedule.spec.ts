import { describe, expect, it } from '@jest/globals';
import { type Clock, keepSchedule } from './schedule.js';

/** Time passes only as it is waited for, and in jumps where `stall` says so. */
function handClock(): Clock & { stall(ms: number): void } {
  let now = 1_000;
  return {
    now: () => now,
    until: (moment) => {
      now = Math.max(now, moment);
      return Promise.resolve();
    },
    stall: (ms) => {
      now += ms;
    },
  };
}

describe('an open-loop schedule', () => {
  const stop = new AbortController().signal;

  it('starts everything at its moment', async () => {
    const clock = handClock();
    const starts: [number, number, number][] = [];
    await keepSchedule({ perSecond: 50, count: 4, stop, clock }, (index, scheduled) => {
      starts.push([index, scheduled, clock.now()]);
    });
    expect(starts).toEqual([
      [0, 1_000, 1_000],
      [1, 1_020, 1_020],
      [2, 1_040, 1_040],
      [3, 1_060, 1_060],
    ]);
  });

  it('does not move what follows a stall: late ones keep their moments and come at once', async () => {
    const clock = handClock();
    const starts: [number, number][] = [];
    await keepSchedule({ perSecond: 50, count: 5, stop, clock }, (index, scheduled) => {
      starts.push([scheduled, clock.now()]);
      if (index === 0) clock.stall(50);
    });
    expect(starts).toEqual([
      [1_000, 1_000],
      [1_020, 1_050],
      [1_040, 1_050],
      [1_060, 1_060],
      [1_080, 1_080],
    ]);
  });

  it('starts nothing after a stop', async () => {
    const stopping = new AbortController();
    const starts: number[] = [];
    const kept = keepSchedule({ perSecond: 50, count: 5, stop: stopping.signal, clock: handClock() }, (index) => {
      starts.push(index);
      if (index === 1) stopping.abort(new Error('stopped'));
    });
    await expect(kept).rejects.toThrow('stopped');
    expect(starts).toEqual([0, 1]);
  });
});
