// The oracle has teeth: in evidence that is sound it finds nothing, and each made-up violation is found by the invariant
// that is there for it.
import { describe, expect, it } from '@jest/globals';
import type { Evidence } from './evidence.js';
import { INVARIANTS } from './invariants.js';
import { soundEvidence } from './sound-evidence.js';

const judge = (evidence: Evidence) => INVARIANTS.flatMap((invariant) => invariant(evidence));
const found = (evidence: Evidence) => new Set(judge(evidence).map(({ invariant }) => invariant));

type Spoil = (evidence: Evidence) => void;

/** The first of a list that is known to have one. */
function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new RangeError('empty');
  return one;
}

const violations: [invariant: string, what: string, spoil: Spoil][] = [
  ['I1', 'an acknowledged event is gone', ({ ledger }) => ledger.revisions.shift()],
  ['I1', 'an acknowledged contradiction is gone', ({ ledger }) => ledger.letters.pop()],
  [
    'I1',
    'the ledger holds other content than was acknowledged',
    ({ ledger }) => (first(ledger.revisions).digest = 'other'),
  ],
  [
    'I2',
    'an event that nobody sent',
    ({ ledger }) => ledger.revisions.push({ ...first(ledger.revisions), reference: 'z' }),
  ],
  [
    'I2',
    'a refused event was kept',
    ({ ledger, seen }) => {
      const refused = seen.find(({ is }) => is === 'fail');
      const [kind = '', reference = ''] = refused?.id.split('/') ?? [];
      ledger.revisions.push({ ...first(ledger.revisions), kind, reference, digest: refused?.digest ?? '' });
    },
  ],
  [
    'I2',
    'a letter that nobody sent',
    ({ ledger }) => ledger.letters.push({ ...first(ledger.letters), digest: 'other', offset: '9' }),
  ],
  [
    'keys',
    'a message lies where its key does not belong',
    (evidence) => (evidence.log = [{ ...first(evidence.log), partition: 1 }]),
  ],
  ['I3', 'two rows of one event', ({ ledger }) => ledger.revisions.push({ ...first(ledger.revisions) })],
  [
    'I3',
    'two bodies of one event',
    ({ ledger }) => ledger.bodies.push({ ...first(ledger.bodies), batch: '2', place: 0 }),
  ],
  ['I3', 'an applied event without a body', ({ ledger }) => ledger.bodies.pop()],
  ['I3', 'a feed with a hole', ({ ledger }) => (ledger.feed = [{ first: 2, count: 5, batch: '1' }])],
  ['I3', 'a feed number without a body', ({ ledger }) => (ledger.feed = [{ first: 1, count: 6, batch: '1' }])],
  ['I3', "a head that runs before the feed's end", ({ ledger }) => (ledger.feedHead = 6)],
  ['I3', 'a position beyond what was counted', ({ ledger }) => (first(ledger.positions).next = 7n)],
  ['I3', 'an event counted twice', ({ ledger }) => (first(ledger.counters).applied = 6)],
  ['I4', 'an item without an answer', ({ answers }) => first(answers).items.pop()],
  ['I4', 'an item answered twice', ({ answers }) => first(answers).items.push(first(first(answers).items))],
  [
    'I4',
    "another's receipt",
    ({ answers }) => (first(first(answers).items).receipt = first(answers).items[1]?.receipt),
  ],
  ['I4', 'a sum that is not that of the items', ({ answers }) => (first(answers).counts = { accepted: 6 })],
  ['I4', 'one receipt for two items', ({ answers }) => (answers as unknown[]).push({ ...first(answers), request: 2 })],
  [
    'I5',
    'applied and in quarantine',
    ({ ledger }) => {
      const { source, digest } = first(ledger.revisions);
      const { id } = first(ledger.bodies);
      ledger.letters.push({ ...first(ledger.letters), source, id, digest: digest ?? '', offset: '9' });
    },
  ],
  ['I6', 'a record that does not open', ({ ledger }) => delete first(ledger.records).folded],
  ['I6', 'a record that is not there', ({ ledger }) => ledger.records.pop()],
  ['I6', 'a value that lost', ({ ledger }) => ((first(ledger.records).folded?.['growth'] ?? [])[0] = { weightKg: 9 })],
  [
    'I6',
    'a value with the times of another event',
    ({ ledger }) => ((first(ledger.records).folded?.['name'] ?? [])[1] = 1),
  ],
  [
    'I6',
    'a record of which nothing counts',
    ({ ledger }) => ledger.records.push({ ...first(ledger.records), id: 'other' }),
  ],
];

describe('the oracle', () => {
  it('finds nothing where all is well', () => {
    expect(judge(soundEvidence())).toEqual([]);
  });

  it.each(violations)('%s finds it: %s', (invariant, _what, spoil) => {
    const evidence = soundEvidence();
    spoil(evidence);
    expect(found(evidence)).toContain(invariant);
  });

  it('has a violation to show for each of its invariants', () => {
    expect(new Set(violations.map(([invariant]) => invariant)).size).toBe(INVARIANTS.length);
  });
});
