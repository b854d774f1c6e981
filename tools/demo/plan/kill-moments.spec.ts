import { describe, expect, it } from '@jest/globals';
import { killMoments } from './kill-moments.js';

describe('the moments of the kills', () => {
  const moments = killMoments(7, { hub: 10, kafka: 4 }, 1_000);

  it('are as many as were asked for, in the order of the run', () => {
    expect(moments.filter(({ part }) => part === 'hub')).toHaveLength(10);
    expect(moments.filter(({ part }) => part === 'kafka')).toHaveLength(4);
    expect(moments).toHaveLength(14);
    expect(moments).toEqual(moments.toSorted((one, other) => one.at - other.at));
  });

  it('lie one in each stretch of the run, so that none comes after its end', () => {
    const hub = moments.filter(({ part }) => part === 'hub').map(({ at }) => Math.floor((at - 1) / 100));
    expect(hub).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(killMoments(7, { hub: 100 }, 3).every(({ at }) => at >= 1 && at <= 3)).toBe(true);
  });

  it('are the same for the same seed, and others for another one', () => {
    expect(killMoments(7, { hub: 10, kafka: 4 }, 1_000)).toEqual(moments);
    expect(killMoments(8, { hub: 10, kafka: 4 }, 1_000)).not.toEqual(moments);
  });

  it('of one part do not depend on which others are killed', () => {
    expect(killMoments(7, { kafka: 4 }, 1_000)).toEqual(moments.filter(({ part }) => part === 'kafka'));
  });
});
