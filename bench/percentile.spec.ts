import { describe, expect, it } from '@jest/globals';
import { percentile, spreadOf } from './percentile.js';

const oneTo = (last: number): number[] => Array.from({ length: last }, (_, place) => place + 1);

describe('percentile', () => {
  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])('of 1 to 100 at %d is %d', (share, expected) => {
    expect(percentile(oneTo(100), share)).toBe(expected);
  });

  it('is a value that was measured, whatever the order', () => {
    expect(percentile([30, 10, 20], 0.5)).toBe(20);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('does not hide the slowest of few behind a share of them', () => {
    expect(percentile([...oneTo(9), 1_000], 0.99)).toBe(1_000);
  });

  it('has nothing to say of nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('nothing was measured');
  });
});

describe('the spread of latencies', () => {
  it('is told in whole milliseconds', () => {
    expect(spreadOf([1.4, 2.6])).toEqual({ p50: 1, p95: 3, p99: 3, max: 3 });
  });
});
