import { describe, expect, it, jest } from '@jest/globals';
import { TokenBuckets } from './token-bucket.js';

describe('token buckets', () => {
  it('give a burst, then what comes back, each key its own', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perSecond: 10, burst: 100 }, () => now);
    buckets.take('a', 100);
    expect([buckets.waitOf('a') > 0, buckets.waitOf('b')]).toEqual([true, 0]);
    now += 1;
    expect(buckets.waitOf('a')).toBe(0);
    now += 3_600_000;
    buckets.take('a', 100);
    expect(buckets.waitOf('a')).toBeGreaterThan(0);
  });

  it('lend one large amount, and say how long it takes to come back', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perSecond: 10, burst: 20 }, () => now);
    buckets.take('a', 120);
    expect(buckets.waitOf('a')).toBe(10_000);
    now += 9_999;
    expect(buckets.waitOf('a')).toBeGreaterThan(0);
    now += 2;
    expect(buckets.waitOf('a')).toBe(0);
  });

  it('give back by the time that passes, whatever the clock of the computer says', () => {
    const buckets = new TokenBuckets({ perSecond: 1_000, burst: 1 });
    buckets.take('a', 2);
    const yesterday = Date.now() - 86_400_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(yesterday);
    expect(buckets.waitOf('a')).toBeLessThan(10);
    clock.mockRestore();
  });

  it('do not grow with the number of keys, and keep who took last', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, () => 0);
    buckets.take('first', 1);
    buckets.take('second', 1);
    for (let n = 0; n < 9_999; n += 1) buckets.take(`k${n}`, 1);
    expect([buckets.waitOf('first'), buckets.waitOf('second') > 0]).toEqual([0, true]);
  });
});
