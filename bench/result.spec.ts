import { describe, expect, it } from '@jest/globals';
import { judge, tableOf } from './result.js';
import type { Asked, Outcome } from './workload.js';

const visible: Asked = {
  name: 'visible',
  figures: [{ key: 'p99', says: 'push to timeline, p99', unit: 'ms', bound: { atMost: 400 } }],
};
const copy: Asked = {
  name: 'copy',
  figures: [{ key: 'ratio', target: 'S1', says: 'of raw COPY', unit: '×', bound: { atLeast: 0.3 } }],
};
const p99 = (value: number): Outcome => ({ values: { p99: value }, details: {} });
const ratio = (value: number): Outcome => ({ values: { ratio: value }, details: {} });

describe('a figure', () => {
  it('is the median of its rounds and met at the target', () => {
    expect(judge(visible, [900, 400, 120].map(p99)).figures).toMatchObject([{ value: 400, met: true, reason: null }]);
    expect(judge(copy, [0.2, 0.3, 0.4].map(ratio)).figures).toMatchObject([{ value: 0.3, met: true, reason: null }]);
  });

  it('says how far it is off', () => {
    expect(judge(visible, [p99(401)]).figures).toMatchObject([
      { value: 401, met: false, reason: '401 ms is above 400 ms' },
    ]);
    expect(judge(copy, [ratio(0.29)]).figures).toMatchObject([
      { value: 0.29, met: false, reason: '0.29 × is below 0.3 ×' },
    ]);
  });

  it('is not met after a fault, however good the figures are', () => {
    const rounds = [p99(10), { ...p99(12), fault: '3 of 3000 pushes were not accepted' }];
    expect(judge(visible, rounds).figures).toMatchObject([
      { value: 10, met: false, reason: 'round 2: 3 of 3000 pushes were not accepted' },
    ]);
  });

  it('is met beside a fault of another figure', () => {
    const rounds = [{ ...p99(10), faults: { other: 'nothing was seen' } }];
    expect(judge(visible, rounds).figures).toMatchObject([{ value: 10, met: true, reason: null }]);
    expect(judge(visible, [{ ...p99(10), faults: { p99: 'nothing was seen' } }]).figures).toMatchObject([
      { value: 10, met: false, reason: 'round 1: nothing was seen' },
    ]);
  });

  it('is not met when nothing was measured', () => {
    expect(judge(visible, []).figures).toMatchObject([{ value: null, met: false, reason: 'nothing was measured' }]);
  });

  it('is neither met nor missed where the run cannot know', () => {
    const unknown = { values: {}, details: {}, unknown: 'needs a minute of load' };
    expect(judge(visible, [unknown]).figures).toMatchObject([
      { value: null, met: null, reason: 'needs a minute of load' },
    ]);
  });
});

describe('details', () => {
  it('are medians of the rounds that have them', () => {
    const measured: Outcome['details'][] = [{ a: 1, b: 5 }, { a: 3 }, { a: 2 }];
    const rounds = measured.map((details) => ({ values: {}, details }));
    expect(judge(visible, rounds).details).toEqual({ a: 2, b: 5 });
  });
});

describe('the table', () => {
  it('lines its columns up', () => {
    expect(
      tableOf([judge(visible, [p99(401)]), judge(copy, [ratio(0.31)]), judge({ ...visible, name: 'a' }, [])]),
    ).toEqual([
      '    workload  value   target             figure',
      '    visible   401 ms  ≤ 400 ms  NOT MET  push to timeline, p99 (401 ms is above 400 ms)',
      'S1  copy      0.31 ×  ≥ 0.3 ×   met      of raw COPY',
      '    a         -       ≤ 400 ms  NOT MET  push to timeline, p99 (nothing was measured)',
    ]);
  });
});
