import { describe, expect, it } from '@jest/globals';
import { judge, tableOf } from './result.js';

const asked = { name: 'visible', figure: 'push to timeline, p99', unit: 'ms', atMost: 400 } as const;

describe('a result', () => {
  it('is the median of its rounds and met at the target', () => {
    const rounds = [900, 400, 120].map((value) => ({ value, details: {} }));
    expect(judge(asked, rounds)).toMatchObject({ value: 400, target: 400, met: true, reason: null });
  });

  it('says how far it is off', () => {
    expect(judge(asked, [{ value: 401, details: {} }])).toMatchObject({
      value: 401,
      met: false,
      reason: '401 ms is above 400 ms',
    });
  });

  it('is not met after a fault, however good the figures are', () => {
    const rounds = [
      { value: 10, details: {} },
      { value: 12, fault: '3 of 3000 pushes were not accepted', details: {} },
    ];
    expect(judge(asked, rounds)).toMatchObject({
      value: 10,
      met: false,
      reason: 'round 2: 3 of 3000 pushes were not accepted',
    });
  });

  it('is not met when nothing was measured', () => {
    expect(judge(asked, [])).toMatchObject({ value: null, met: false, reason: 'nothing was measured' });
  });
});

describe('the table', () => {
  it('lines its columns up', () => {
    const results = [judge(asked, [{ value: 401, details: {} }]), judge({ ...asked, name: 'a' }, [])];
    expect(tableOf(results)).toEqual([
      'workload  value   target             figure',
      'visible   401 ms  ≤ 400 ms  NOT MET  push to timeline, p99 (401 ms is above 400 ms)',
      'a         -       ≤ 400 ms  NOT MET  push to timeline, p99 (nothing was measured)',
    ]);
  });
});
