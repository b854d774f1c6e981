import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { balanceOf, totalsOf } from './balance.view.js';
import { type CounterRow, COUNTERS } from './balance.store.js';

const count = fc.bigInt({ min: 0n, max: 10n ** 15n });
const counters = fc.record(Object.fromEntries(COUNTERS.map((name) => [name, count.map(String)])));
const partition = fc.record({
  partition: fc.nat(5),
  first: count,
  sources: fc.dictionary(fc.constantFrom('a', 'b', 'c'), counters),
});

function rowsOf(
  { partition: n, first, sources }: { partition: number; first: bigint; sources: Record<string, object> },
  off = 0n,
) {
  const sum = Object.values(sources)
    .flatMap((c) => Object.values(c))
    .reduce((total, value) => total + BigInt(value), 0n);
  const head = {
    generation: 1,
    topic: 't',
    partition: n,
    first: String(first),
    next: String(first + sum + off),
    movedAt: new Date(0),
  };
  const none = { ...head, source: null, ...Object.fromEntries(COUNTERS.map((name) => [name, null])) };
  const rows = Object.entries(sources).map(([source, c]) => ({ ...head, source, ...c }));
  return (rows.length > 0 ? rows : [none]) as CounterRow[];
}

describe('balanceOf', () => {
  it('holds exactly where the offsets passed equal what became of them', () => {
    fc.assert(
      fc.property(partition, fc.bigInt({ min: -3n, max: 3n }), (one, off) => {
        const [balance, ...more] = balanceOf(rowsOf(one, off));
        expect(more).toEqual([]);
        expect(balance?.balanced).toBe(off === 0n);
      }),
    );
  });

  it('adds up by source over all partitions, beyond what a double can hold', () => {
    fc.assert(
      fc.property(fc.uniqueArray(partition, { selector: (one) => one.partition }), (all) => {
        const totals = totalsOf(balanceOf(all.flatMap((one) => rowsOf(one))));
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
