import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countingOf, highestOf, settle } from './settle.js';
import type { Outcome, Revision, Statement } from './settle.js';

// One content per revision, so that only the order of arrival and the mapping differ.
const statement: fc.Arbitrary<Statement> = fc
  .record({ revision: fc.nat(3), mapping: fc.integer({ min: 1, max: 3 }), isRefused: fc.boolean() })
  .map(({ revision, mapping, isRefused }) => ({
    // What a translation makes of a content is always the same.
    is: isRefused && mapping === 2 ? ('refused' as const) : ('event' as const),
    revision,
    digest: `content ${revision}`,
    mapping,
    appendedAt: 0,
  }));
const distinct = fc.uniqueArray(statement, { selector: (s) => `${s.revision}/${s.mapping}`, maxLength: 8 });

function settleAll(statements: readonly Statement[]): { ledger: Map<number, Revision>; outcomes: Outcome[] } {
  const ledger = new Map<number, Revision>();
  const outcomes = statements.map((one, place) => settle(ledger, one, { batch: '1', place }).outcome);
  return { ledger, outcomes };
}
const meaningOf = (ledger: Map<number, Revision>) =>
  [...ledger.values()]
    .map(({ revision, digest, mapping, verdict }) => ({ revision, digest, mapping, verdict }))
    .toSorted((a, b) => a.revision - b.revision);

describe('settle', () => {
  it('gives one ledger in every order of one set of contents', () => {
    const shuffled = distinct.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(meaningOf(settleAll(again).ledger)).toEqual(meaningOf(settleAll(all).ledger));
      }),
    );
  });

  it('keeps the first content of an id', () => {
    const first: Statement = { is: 'event', revision: 1, digest: 'a', mapping: 1, appendedAt: 0 };
    const { ledger, outcomes } = settleAll([first, { ...first, digest: 'b', mapping: 9 }]);
    expect(outcomes).toEqual(['applied', 'conflict']);
    expect(ledger.get(1)?.digest).toBe('a');
  });

  it('forgets a fault of ours once all that it killed was tried again, in any order', () => {
    const faulty = distinct.chain((all) =>
      fc.tuple(fc.constant(all), fc.subarray(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(faulty, ([all, killed, order]) => {
        const told = all.map((one) => (killed.includes(one) ? { ...one, is: 'refused' as const } : one));
        const { ledger, outcomes } = settleAll(told);
        const again = order.filter((one) => outcomes[all.indexOf(one)] === 'dead');
        again.forEach((one, place) => settle(ledger, { ...one, isTriedAgain: true }, { batch: '2', place }));
        expect(meaningOf(ledger)).toEqual(meaningOf(settleAll(all).ledger));
      }),
    );
  });

  it('lets a dead revision outrank nothing', () => {
    const first: Statement = { is: 'event', revision: 1, digest: 'a', mapping: 1, appendedAt: 0 };
    const { ledger } = settleAll([first, { ...first, is: 'refused', revision: 2, digest: 'b' }]);
    expect(countingOf(ledger)?.revision).toBe(1);
    expect(highestOf(ledger)?.revision).toBe(2);
  });

  it('makes later messages of an id wait behind one that waits', () => {
    const sealed: Statement = { is: 'waiting', revision: 1, digest: null, mapping: 1, appendedAt: 0 };
    const event: Statement = { is: 'event', revision: 1, digest: 'a', mapping: 1, appendedAt: 0 };
    const { ledger, outcomes } = settleAll([sealed, event]);
    expect(outcomes).toEqual(['waiting', 'waiting']);
    expect(settle(ledger, { ...event, holdsClaim: true }, { batch: '2', place: 0 }).outcome).toBe('applied');
    expect(settle(ledger, event, { batch: '2', place: 1 }).outcome).toBe('duplicate');
  });
});
