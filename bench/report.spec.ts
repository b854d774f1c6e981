import { describe, expect, it } from '@jest/globals';
import { reportOf } from './report.js';
import { judge } from './result.js';

const machine = { cores: 2, processor: 'Some', memoryGiB: 24, node: '24', postgres: '18', kafka: '4' };

describe('the report', () => {
  const result = judge(
    { name: 'write', figures: [{ key: 'one', target: 'S1', says: 'one lane', unit: '×', bound: { atLeast: 0.3 } }] },
    [0.2, 0.25, 0.4].map((one) => ({ values: { one }, details: { 'node µs/event': 100 * one } })),
  );
  const text = reportOf([result], { machine, rounds: 3, seconds: 1_234 });

  it('tells each promise, each round and what stands beside', () => {
    expect(text).toContain('0.25 | 0.3 | NOT MET | one lane: 0.25 × is below 0.3 × |');
    expect(text).toContain('| S1 | one lane | 0.25 × | 0.2, 0.25, 0.4 | ≥ 0.3 × | NOT MET |');
    expect(text).toContain('| node µs/event | 25 |');
    expect(text).toContain('| - | - | not known | no workload of this run measures it |');
  });

  it('tells on what it was measured', () => {
    expect(text).toContain('Medians of 3 rounds');
    expect(text).toContain('in 21 minutes: cores 2, processor Some');
  });
});
