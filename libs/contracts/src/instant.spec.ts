import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInstant } from './field-check.js';
import { dayOf, instantMs, instantOf } from './instant.js';

describe('instantOf', () => {
  it.each([
    ['2026-11-12', '+07:00', '2026-11-11T17:00:00.000Z'],
    ['2026-11-12', '+09:00', '2026-11-11T15:00:00.000Z'],
    ['2026-11-12', '-03:30', '2026-11-12T03:30:00.000Z'],
    ['2026-11-12T09:14:00+07:00', '+09:00', '2026-11-12T02:14:00.000Z'],
    ['2026-11-12t09:14:00z', '+07:00', '2026-11-12T09:14:00.000Z'],
    ['2026-11-12 09:14:00+0700', '+07:00', '2026-11-12T02:14:00.000Z'],
    ['2026-11-12T09:14:00+07', '+07:00', '2026-11-12T02:14:00.000Z'],
    ['2026-11-12T09:14:00.1239999Z', '+07:00', '2026-11-12T09:14:00.123Z'],
    ['2016-12-31T23:59:60Z', '+07:00', '2017-01-01T00:00:00.000Z'],
  ])('makes of %p at %p %p', (given, offset, utc) => {
    expect(instantOf(given, offset)).toBe(utc);
  });

  it.each(['', '2026-11', '2026-11-12T09:14:00', '2026-11-12T09:14Z', 'x'])('refuses %p', (given) => {
    expect(() => instantOf(given)).toThrow(RangeError);
  });

  it('agrees with the clock for every instant that the schema accepts', () => {
    const instant = fc.date({ min: new Date('1800-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        const text = date.toISOString();
        expect(isInstant(text)).toBe(true);
        expect(instantMs(text)).toBe(date.getTime());
        expect(instantOf(text)).toBe(text);
      }),
    );
  });

  it('brings a day back as that day, in every zone', () => {
    const zone = fc.constantFrom('+07:00', '+08:00', '+09:00', '+00:00', '-11:30', '+14:00');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        zone,
        (date, offset) => {
          const day = date.toISOString().slice(0, 10);
          expect(dayOf(instantOf(day, offset), offset)).toBe(day);
        },
      ),
    );
  });

  it('refuses an offset that is none', () => {
    expect(() => instantOf('2026-11-12', 'Asia/Jakarta')).toThrow(RangeError);
  });
});
