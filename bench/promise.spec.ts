import { describe, expect, it } from '@jest/globals';
import { promisesOf } from './promise.js';
import { judge } from './result.js';
import type { Asked, Outcome } from './workload.js';

const write: Asked = {
  name: 'write',
  figures: [
    { key: 'one', target: 'S1', says: 'one lane', unit: '×', bound: { atLeast: 0.3 } },
    { key: 'wal', target: 'S1', says: 'WAL', unit: 'B', bound: { atMost: 1_600 } },
  ],
};
const told = (outcome: Partial<Outcome>) => promisesOf([judge(write, [{ values: {}, details: {}, ...outcome }])]).S1;

describe('a promise', () => {
  it('is told by the figure that is furthest from its target', () => {
    expect(told({ values: { one: 0.33, wal: 800 } })).toEqual({ value: 0.33, target: 0.3, met: true, reason: null });
    expect(told({ values: { one: 0.27, wal: 1_601 } })).toMatchObject({ value: 0.27, target: 0.3, met: false });
    expect(told({ values: { one: 0.6, wal: 1_700 } })).toEqual({
      value: 1_700,
      target: 1_600,
      met: false,
      reason: 'WAL: 1700 B is above 1600 B',
    });
  });

  it('is not kept by a figure beside one that is not known, and broken by one that is missed', () => {
    expect(told({ values: { wal: 800 }, unknown: 'too short' })).toMatchObject({ value: null, met: null });
    expect(told({ values: { wal: 1_700 }, unknown: 'too short' })).toMatchObject({ value: 1_700, met: false });
    expect(told({ values: { wal: 800 } })).toMatchObject({ value: null, met: false });
  });

  it('is not known, with a reason, where nothing measures it', () => {
    expect(promisesOf([]).S12).toEqual({
      value: null,
      target: null,
      met: null,
      reason: 'no workload of this run measures it',
    });
    expect(Object.keys(promisesOf([]))).toHaveLength(12);
  });
});
