import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from './field-check.js';

describe('a calendar day', () => {
  it('is one exactly where the calendar of the world has it', () => {
    const part = (length: number, max: number) =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, '0'));
    fc.assert(
      fc.property(part(4, 9_999), part(2, 14), part(2, 33), (year, month, day) => {
        const date = `${year}-${month}-${day}`;
        const time = Date.parse(`${date}T00:00:00Z`);
        const isKept = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
        expect(isDay(date)).toBe(isKept);
      }),
      { numRuns: 2_000 },
    );
    expect(['1900-02-29', '2000-02-29', '2023-02-29', '2024-02-29'].map(isDay)).toEqual([false, true, false, true]);
    expect(['2024-05', '2024-5-01', '12024-05-01', ''].some(isDay)).toBe(false);
  });
});
