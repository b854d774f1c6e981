import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from '@simpul/contracts';
import { HeldRepeats } from './repeats.js';
import { StreamRepeats } from './stream-repeats.js';

const said = (text: string): string => digestOf({ text });
const ids = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), digest: fc.constantFrom(said('1'), said('2')) }));

describe.each([
  ['of an array', () => new HeldRepeats()],
  ['of a stream', () => new StreamRepeats()],
])('the ids %s', (_of, begin) => {
  it('are new once, and from then on a repeat or a conflict by their digest', () => {
    fc.assert(
      fc.property(ids, (items) => {
        const repeats = begin();
        const model = new Map<string, string>();
        for (const { id, digest } of items) {
          const first = model.get(id);
          const expected = first === undefined ? 'new' : first === digest ? 'repeat' : 'conflict';
          if (first === undefined) model.set(id, digest);
          expect(repeats.see({ id, digest }).is).toBe(expected);
        }
      }),
    );
  });

  it.each([true, false])(
    'let a repeat share the outcome of the first (%s), seen before and after it',
    async (taken) => {
      const repeats = begin();
      repeats.see({ id: 'a', digest: said('1') });
      const before = repeats.see({ id: 'a', digest: said('1') });
      repeats.settle('a', taken);
      const after = repeats.see({ id: 'a', digest: said('1') });
      const outcomes = [before, after].map((seen) =>
        seen.is === 'repeat' ? seen.accepted : Promise.resolve(undefined),
      );
      expect(await Promise.all(outcomes)).toEqual([taken, taken]);
    },
  );

  it('are all still known after thousands, with the digest and the outcome of each', async () => {
    const repeats = begin();
    const all = Array.from({ length: 5_000 }, (_, place) => ({ id: `id-${place}`, digest: said(`${place}`) }));
    for (const { id, digest } of all) {
      expect(repeats.see({ id, digest }).is).toBe('new');
      repeats.settle(id, id.endsWith('7'));
    }
    for (const { id, digest } of all) {
      const seen = repeats.see({ id, digest });
      expect(seen.is === 'repeat' && (await seen.accepted)).toBe(id.endsWith('7'));
      expect(repeats.see({ id, digest: said(`${id}, otherwise`) }).is).toBe('conflict');
    }
  });
});
