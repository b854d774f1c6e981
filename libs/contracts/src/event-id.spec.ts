import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventId, parseEventId, revisionOf } from './event-id.js';

describe('event ids', () => {
  it('are read back as they were written', () => {
    const kind = fc.stringMatching(/^[a-z]+(?:-[a-z]+)*$/u);
    const reference = fc.stringMatching(/^[A-Za-z0-9._:-]{1,64}$/u);
    fc.assert(
      fc.property(kind, reference, fc.nat({ max: 9_999_999_999_999 }), (k, r, revision) => {
        expect(parseEventId(eventId(k, r, revision))).toEqual({ kind: k, reference: r, revision });
      }),
    );
  });

  it.each([
    '',
    'a/b',
    'a/b/c',
    'a/b/01',
    'a/b/-1',
    'A/b/1',
    'a/b/1/2',
    'a//1',
    'a/b/1\n',
    'a/b c/1',
    `a/b/${'9'.repeat(16)}`,
  ])('are not made of %p', (id) => {
    expect(parseEventId(id)).toBeUndefined();
  });
});

describe('revisionOf', () => {
  it.each([
    [{}, 0],
    [{ revision: 0, recordedAt: '2026-11-15T20:03:11+07:00' }, 0],
    [{ revision: 12 }, 12],
    [{ revision: '2026-11-15T20:03:11.5+07:00' }, 1_794_747_791_500],
    [{ recordedAt: '2026-11-15T20:03:11+07:00' }, 1_794_747_791_000],
    [{ revision: '2026-11-15T20:03:12+07:00', recordedAt: '2026-11-15T20:03:11+07:00' }, 1_794_747_792_000],
  ])('of %j is %p', (message, revision) => {
    expect(revisionOf(message)).toBe(revision);
  });

  it('of any instant is greater than of any number', () => {
    expect(revisionOf({ recordedAt: '1971-01-01T00:00:00+14:00' })).toBeGreaterThan(999_999_999);
  });
});
