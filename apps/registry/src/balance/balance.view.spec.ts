import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { balanceOf, type CountedPosition, COUNTERS, type Counts, totalsOf } from './balance.view.js';

const count = fc.bigInt({ min: 0n, max: 10n ** 15n });
const counters = fc.record(Object.fromEntries(COUNTERS.map((name) => [name, count.map(String)])));
const partition = fc.record({
  partition: fc.nat(5),
  first: count,
  sources: fc.dictionary(fc.constantFrom('a', 'b', 'c'), counters),
});

function positionOf(
  {
    partition: n,
    first,
    sources,
  }: { partition: number; first: bigint; sources: Record<string, Record<string, string>> },
  off = 0n,
): CountedPosition {
  const sum = Object.values(sources)
    .flatMap((counts) => Object.values(counts))
    .reduce((total, value) => total + BigInt(value), 0n);
  return {
    generation: 1,
    topic: 't',
    partition: n,
    firstOffset: String(first),
    nextOffset: String(first + sum + off),
    movedAt: new Date(0),
    fenced: '0',
    closedAt: null,
    counters: Object.entries(sources).map(([name, counts]) => ({ ...(counts as Counts), source: { name } })),
  };
}

describe('balanceOf', () => {
  it('holds exactly where the offsets passed equal what became of them', () => {
    fc.assert(
      fc.property(partition, fc.bigInt({ min: -3n, max: 3n }), (one, off) => {
        const [balance, ...more] = balanceOf([positionOf(one, off)]);
        expect(more).toEqual([]);
        expect(balance?.balanced).toBe(off === 0n);
      }),
    );
  });

  it('adds up by source over all partitions, beyond what a double can hold', () => {
    fc.assert(
      fc.property(fc.uniqueArray(partition, { selector: (one) => one.partition }), (all) => {
        const totals = totalsOf(balanceOf(all.map((one) => positionOf(one))));
        for (const source of ['a', 'b', 'c']) {
          const expected = all
            .flatMap((one) => one.sources[source]?.applied ?? [])
            .reduce((sum, n) => sum + BigInt(n), 0n);
          expect(BigInt(totals[source]?.applied ?? '0')).toBe(expected);
        }
      }),
    );
  });
});
