import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldClaims, isSameFolded, joinFolded, NOTHING, readFolded, writeFolded } from './record.fold.js';
import type { Claim, RecordClaims } from './record.fold.js';

const claims: fc.Arbitrary<RecordClaims> = fc.record({
  time: fc.integer({ min: 0, max: 3 }),
  recordedTime: fc.integer({ min: 0, max: 3 }),
  id: fc.constantFrom('a/1/0', 'a/1/1', 'b/1/0', 'B/1/0'),
  attributes: fc.dictionary(
    fc.constantFrom('name', 'sex', 'growth', 'address'),
    fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant({ rw: '003' }), fc.constant(undefined)),
  ),
});
const list = fc.array(claims, { maxLength: 8 });

describe('foldClaims', () => {
  it('does not depend on order or repetition', () => {
    const shuffled = list.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([all, again]) => expect(foldClaims(NOTHING, again)).toEqual(foldClaims(NOTHING, all))),
    );
  });

  it('is the same in one go, step by step and joined from any two parts', () => {
    fc.assert(
      fc.property(list, fc.nat(8), (all, at) => {
        const whole = foldClaims(NOTHING, all);
        const [left, right] = [all.slice(0, at), all.slice(at)];
        expect(foldClaims(foldClaims(NOTHING, left), right)).toEqual(whole);
        expect(joinFolded(foldClaims(NOTHING, left), foldClaims(NOTHING, right))).toEqual(whole);
        expect(joinFolded(foldClaims(NOTHING, right), foldClaims(NOTHING, left))).toEqual(whole);
        expect(all.reduce((state, one) => foldClaims(state, [one]), NOTHING)).toEqual(whole);
      }),
    );
  });

  it('lets the later time win, then the later record, then the greater id in bytes', () => {
    const said = (value: string, time: number, recordedTime: number, id: string): RecordClaims => ({
      time,
      recordedTime,
      id,
      attributes: { name: value },
    });
    const winner = (...all: RecordClaims[]) => foldClaims(NOTHING, all).name?.value;
    expect(winner(said('new', 2, 0, 'a/1/0'), said('old', 1, 9, 'z/1/0'))).toBe('new');
    expect(winner(said('late', 1, 2, 'a/1/0'), said('early', 1, 1, 'z/1/0'))).toBe('late');
    expect(winner(said('small', 1, 1, 'a/1/0'), said('capital', 1, 1, 'B/1/0'))).toBe('small');
  });

  it('is the same exactly where it is written alike', () => {
    fc.assert(
      fc.property(list, list, (some, more) => {
        const before = foldClaims(NOTHING, some);
        for (const after of [foldClaims(before, more), foldClaims(NOTHING, some), foldClaims(NOTHING, more)])
          expect(isSameFolded(before, after)).toBe(writeFolded(before).equals(writeFolded(after)));
      }),
    );
  });

  it('names each event once at rest, and is read as it was written before too', () => {
    const id = 'growth-measurement/posy-1/0';
    const folded = foldClaims(NOTHING, [{ time: 1, recordedTime: 2, id, attributes: { sex: 'F', name: 'X' } }]);
    expect(writeFolded(folded).toString()).toBe(`[[[1,2,"${id}"]],{"name":["X",0],"sex":["F",0]}]`);
    expect(readFolded(Buffer.from(`{"name":["X",1,2,"${id}"],"sex":["F",1,2,"${id}"]}`))).toEqual(folded);
  });

  it('is written at rest as its attributes one by one, sorted', () => {
    fc.assert(
      fc.property(list, (all) => {
        const folded = foldClaims(NOTHING, all);
        const events = new Map<string, number>();
        const attributes = Object.keys(folded)
          .toSorted()
          .map((name) => {
            const { value, time, recordedTime, id } = folded[name] as Claim;
            const event = JSON.stringify([time, recordedTime, id]);
            if (!events.has(event)) events.set(event, events.size);
            return `${JSON.stringify(name)}:[${JSON.stringify(value)},${events.get(event)}]`;
          });
        expect(writeFolded(folded).toString()).toBe(`[[${[...events.keys()].join(',')}],{${attributes.join(',')}}]`);
      }),
    );
  });

  it('comes back from rest as it was', () => {
    fc.assert(
      fc.property(list, (all) => {
        const folded = foldClaims(NOTHING, all);
        expect(readFolded(writeFolded(folded))).toEqual(folded);
      }),
    );
  });
});
