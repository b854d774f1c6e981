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

  it('tells what a missed target costs, what was learned, and that it cannot size what it did not measure', () => {
    expect(text).toContain('### Missed by write\n\n- S1: one lane: 0.25 × is below 0.3 ×\n\n| cost | median |');
    expect(text).toContain('## Dead ends');
    expect(text).toContain('Not computed: this run did not measure adapter, registry,');
  });

  it('tells on what it was measured', () => {
    expect(text).toContain('Medians of 3 rounds');
    expect(text).toContain('in 21 minutes: cores 2, processor Some');
  });
});
