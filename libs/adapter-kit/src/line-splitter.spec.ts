import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter } from './line-splitter.js';

/** Cuts the bytes at these places, wherever they fall. */
function chunksOf(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

const split = (chunks: Buffer[], maxBytes: number): string[] => {
  const splitter = new LineSplitter(maxBytes);
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()].map(String);
};

describe('lines of a stream', () => {
  it('are the same however the bytes arrive, without the blank ones', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\r', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(200)), (body, cuts) => {
        const expected = body.split('\n').filter((line) => /[^ \r]/u.test(line));
        expect(split(chunksOf(Buffer.from(body), cuts), 1000)).toEqual(expected);
      }),
    );
  });

  it('are refused one by one when they are too long, at the very byte', () => {
    const lines = ['x'.repeat(10), 'x'.repeat(11), 'y', 'z'.repeat(50)];
    fc.assert(
      fc.property(fc.array(fc.nat(100)), (cuts) => {
        expect(split(chunksOf(Buffer.from(lines.join('\n')), cuts), 10)).toEqual([
          lines[0],
          'too-long',
          'y',
          'too-long',
        ]);
      }),
    );
  });
});
