import { describe, expect, it } from '@jest/globals';
import { makePopulation } from '../population/population.js';
import { calendar } from './calendar.js';
import { withMischief } from './mischief.js';
import type { Push } from './push.js';

const SEED = 1;
const population = makePopulation({ seed: SEED, persons: 10_000 });

function planMonth(): Push[] {
  const days = calendar(SEED, population);
  return Array.from({ length: 30 }, () => days.next().value).flatMap(({ day, pushes }) => {
    const { first, second } = withMischief(SEED, day, pushes);
    return [...first, ...second];
  });
}

describe('a month of the demonstration', () => {
  const month = planMonth();

  it('is the same for the same start number', () => {
    expect(planMonth()).toEqual(month);
  });

  it.each(['late', 'repeated', 'out-of-order', 'revised', 'withdrawn', 'conflicting', 'broken'] as const)(
    'has at least five %s messages',
    (mischief) => {
      expect(month.filter((push) => push.mischief === mischief).length).toBeGreaterThanOrEqual(5);
    },
  );

  it('says the same thing twice only where it means to repeat it', () => {
    const plain = month.filter(({ mischief }) => mischief !== 'repeated');
    const told = new Set(plain.map((push) => JSON.stringify([push.path, push.message])));
    expect(told.size).toBe(plain.length);
  });
});
