import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { viewOf, type RecordView } from './person.view.js';
import { survivorshipAt, SURVIVORSHIP_TABLES } from './survivorship.data.js';

const asOf = Date.UTC(2026, 10, 24);
const ranks = survivorshipAt(asOf);
const day = 86_400_000;

function record(
  id: string,
  sector: 'civil' | 'health' | 'community' | 'education',
  attributes: RecordView['attributes'],
) {
  return { id, source: `source-of-${sector}`, sectors: [sector], attributes } satisfies RecordView;
}
const said = (value: unknown, time: number, eventId = 'a/1/0', recordedTime = time) => ({
  value,
  time,
  recordedTime,
  eventId,
});

describe('viewOf', () => {
  it('believes the civil registry over a later word of health', () => {
    const view = viewOf(
      [
        record('r1', 'health', { name: said('CONTOH SATU', asOf - day) }),
        record('r2', 'civil', { name: said('CONTOH SATU PUTRI', asOf - 900 * day) }),
      ],
      ranks,
      asOf,
    );
    expect(view).toHaveLength(1);
    expect(view[0]).toMatchObject({
      assurance: 'verified',
      chosen: { value: 'CONTOH SATU PUTRI', rank: 1, stale: false },
    });
  });

  it('lets a stale address fall to the next rank, and says so when nothing is fresh', () => {
    const old = record('r1', 'community', { address: said({ rw: '003' }, asOf - 500 * day) });
    const fresh = record('r2', 'health', { address: said({ rw: '007' }, asOf - 30 * day) });
    expect(viewOf([old, fresh], ranks, asOf)[0]).toMatchObject({
      assurance: 'claimed',
      chosen: { value: { rw: '007' }, rank: 5, stale: false },
    });
    expect(viewOf([old], ranks, asOf)[0]).toMatchObject({ assurance: 'claimed', chosen: { stale: true } });
  });

  it('breaks ties by recorded time, then event id, then record id', () => {
    const tie = (id: string, value: string, eventId: string, recorded: number) =>
      record(id, 'health', { sex: said(value, 5, eventId, recorded) });
    const winner = (...records: RecordView[]) => viewOf(records, ranks, asOf)[0]?.chosen.value;
    expect(winner(tie('r1', 'F', 'z/1/0', 6), tie('r2', 'M', 'a/1/0', 7))).toBe('M');
    expect(winner(tie('r1', 'F', 'z/1/0', 6), tie('r2', 'M', 'a/1/0', 6))).toBe('F');
    expect(winner(tie('r1', 'F', 'a/1/0', 6), tie('r2', 'M', 'a/1/0', 6))).toBe('M');
  });

  it('does not depend on the order of the records nor on repetition', () => {
    const sector = fc.constantFrom('civil' as const, 'health' as const, 'community' as const, 'education' as const);
    const claim = fc.record({
      value: fc.integer({ min: 0, max: 3 }),
      time: fc.integer({ min: asOf - 3, max: asOf + 1 }),
      recordedTime: fc.integer({ min: 0, max: 2 }),
      eventId: fc.constantFrom('a/1/0', 'a/1/1', 'b/1/0'),
    });
    const records = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[0-9a-f]{1,2}$/),
        source: fc.constantFrom('s1', 's2'),
        sectors: fc.uniqueArray(sector, { minLength: 1, maxLength: 2 }),
        attributes: fc.dictionary(fc.constantFrom('name', 'address', 'growth', 'unheard'), claim),
      }),
      { selector: (r) => r.id, maxLength: 6 },
    );
    const shuffled = records.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([list, again]) => {
        expect(viewOf(again, ranks, asOf)).toEqual(viewOf(list, ranks, asOf));
      }),
    );
  });
});

describe('survivorshipAt', () => {
  it('takes the table in force, whatever the order of the tables', () => {
    const [first] = SURVIVORSHIP_TABLES;
    if (!first) throw new Error('no table');
    const later = { ...first, version: 'later', validFrom: Date.UTC(2030, 0, 1) };
    expect(survivorshipAt(Date.UTC(2029, 0, 1), [later, first]).version).toBe(first.version);
    expect(survivorshipAt(Date.UTC(2031, 0, 1), [later, first]).version).toBe('later');
    expect(survivorshipAt(0, [first, later]).version).toBe(first.version);
  });
});
