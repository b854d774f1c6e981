import { describe, expect, it } from '@jest/globals';
import { breakdownOf } from './breakdown.js';

describe('the breakdown of a workload', () => {
  it('tells what costs time and bytes, and leaves counts out', () => {
    const details = { 'Kafka µs/event': 30, 'one: WAL B/event': 1_900, 'p50 at 1 %, ms': 20, records: 5_000 };
    expect(breakdownOf({ details }).map(([name]) => name)).toEqual([
      'Kafka µs/event',
      'one: WAL B/event',
      'p50 at 1 %, ms',
    ]);
  });

  it('tells for how long one lane waits, which of two lanes it does not know', () => {
    const one = { 'one: events/s': 5_000, 'one: node µs/event': 150 };
    expect(breakdownOf({ details: one })).toContainEqual(['one: waiting for PostgreSQL and its disk µs/event', 50]);
    const two = { 'two: events/s': 8_000, 'two: node µs/event': 80, 'two: node 2 µs/event': 80 };
    expect(breakdownOf({ details: two })).toHaveLength(3);
  });
});
