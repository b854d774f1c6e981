import { describe, expect, it } from '@jest/globals';
import { nikFindings } from '@simpul/identifiers';
import fc from 'fast-check';
import { ageOn, FIRST_DAY } from './day.js';
import { makePopulation } from './population.js';

const population = makePopulation({ seed: 1, persons: 10_000 });

describe('the synthetic kelurahan', () => {
  it('is the same for the same start number, and another for another', () => {
    expect(makePopulation({ seed: 1, persons: 500 })).toEqual(makePopulation({ seed: 1, persons: 500 }));
    expect(makePopulation({ seed: 2, persons: 500 })).not.toEqual(makePopulation({ seed: 1, persons: 500 }));
  });

  it('gives every NIK and card number once, with a serial that marks it as invented', () => {
    const niks = population.residents.map(({ nik }) => nik);
    const cards = population.families.map(({ familyCard }) => familyCard);
    expect(new Set(niks).size).toBe(niks.length);
    expect(new Set(cards).size).toBe(cards.length);
    for (const number of [...niks, ...cards]) expect(Number(number.slice(-4))).toBeGreaterThan(9000);
  });

  it('gives only NIKs without an error, in agreement with birth date and sex', () => {
    const on = new Date('2026-01-01T00:00:00Z');
    for (const { nik, birthDate, sex } of population.residents)
      expect(nikFindings(nik, { on, birthDate, sex }).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('has ages as a kelurahan of Jakarta has', () => {
    const share = (from: number, to: number): number =>
      population.residents.filter(({ birthDate }) => {
        const age = ageOn(birthDate, FIRST_DAY);
        return age >= from && age <= to;
      }).length / population.residents.length;
    expect(share(0, 4)).toBeGreaterThan(0.04);
    expect(share(0, 4)).toBeLessThan(0.13);
    expect(share(7, 18)).toBeGreaterThan(0.12);
    expect(share(60, 120)).toBeGreaterThan(0.04);
  });

  it('puts every resident into one family, and mothers at least 15 years before their children', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const { families, residents } = makePopulation({ seed, persons: 60 });
        expect(families.flatMap(({ members }) => members)).toEqual(residents.map(({ index }) => index));
        const tooYoung = residents.filter(({ mother, birthDate }) => {
          const parent = mother === undefined ? undefined : residents[mother];
          return parent !== undefined && ageOn(parent.birthDate, birthDate) < 15;
        });
        expect(tooYoung).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
