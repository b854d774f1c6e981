import { describe, expect, it } from '@jest/globals';
import type { Sector } from '@simpul/contracts';
import fc from 'fast-check';

import type { RecordView } from '../person/person.view.js';
import { survivorshipAt } from '../person/survivorship.data.js';
import { findBestRoster, readRoster } from './family.view.js';

const asOf = Date.UTC(2026, 10, 24);
const ranks = survivorshipAt(asOf);

const family = (id: string, sector: Sector, members: string[], time = 1): RecordView => ({
  id,
  source: `source-of-${sector}`,
  sectors: [sector],
  attributes: {
    roster: {
      value: members.map((record) => ({ record, relation: 'child' })),
      time,
      recordedTime: time,
      eventId: 'family-card-change/1/0',
    },
  },
});

const best = (families: RecordView[], ...person: string[]) => findBestRoster(families, new Set(person), ranks, asOf);

describe('findBestRoster', () => {
  it('takes the civil roster, but only where it names the person', () => {
    const civil = family('f1', 'civil', ['a', 'b']);
    const social = family('f2', 'social', ['a', 'c'], 9);
    expect(best([social, civil], 'a')).toBe('f1');
    expect(best([social, civil], 'c')).toBe('f2');
    expect(best([social, civil], 'd')).toBeUndefined();
  });

  it('finds the person by any of its records', () => {
    expect(best([family('f1', 'civil', ['b'])], 'a', 'b')).toBe('f1');
  });

  it('takes the newer of two rosters of equal rank, whatever their order', () => {
    const older = family('f1', 'civil', ['a'], 1);
    const newer = family('f2', 'civil', ['a'], 2);
    fc.assert(
      fc.property(fc.shuffledSubarray([older, newer], { minLength: 2 }), (families) => {
        expect(best(families, 'a')).toBe('f2');
      }),
    );
  });
});

describe('readRoster', () => {
  it('keeps only members, whatever it is given', () => {
    expect(readRoster([{ record: 'a', relation: 'head' }, null, { record: 1, relation: 'child' }, 'x'])).toEqual([
      { record: 'a', relation: 'head' },
    ]);
    fc.assert(fc.property(fc.anything(), (value) => Array.isArray(readRoster(value))));
  });
});
