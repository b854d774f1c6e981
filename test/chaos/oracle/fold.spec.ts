import { describe, expect, it } from '@jest/globals';
import { digestOf } from './canonical-json.js';
import type { Content, Revision } from './evidence.js';
import { foldAll } from './fold.js';

const source = 'chaos-health';
const key = Buffer.alloc(32, 1);
const NIK = 'https://fhir.kemkes.go.id/id/nik';

interface Message {
  reference: string;
  revision?: number;
  [name: string]: unknown;
}

function fold(...messages: Message[]) {
  const contents = new Map<string, Content>();
  const revisions = messages.map((message, place): Revision => {
    const { reference, revision = 0 } = message;
    const digest = digestOf(message);
    contents.set(`${source} growth-measurement/${reference}/${revision} ${digest}`, {
      kind: 'growth-measurement',
      message,
    });
    return { source, kind: 'growth-measurement', reference, revision, digest, verdict: 'applied', batch: '1', place };
  });
  return [...foldAll(revisions, contents, key).values()].map(({ folded }) => folded);
}

const child = { identifiers: [{ system: NIK, value: '3174095208209001' }], birthDate: '2020-08-12', name: 'CONTOH' };
const said = (reference: string, day: number, more: object = {}): Message => ({
  reference,
  measuredAt: `2025-03-0${day}T08:00:00+07:00`,
  child,
  weightKg: day,
  ...more,
});

describe('what the oracle expects of a record', () => {
  it('is the latest fact, whatever came last', () => {
    expect(fold(said('b', 5), said('a', 2))[0]?.['growth']?.[0]).toEqual({ weightKg: 5 });
  });

  it('is of the greater id where all times are the same', () => {
    expect(fold(said('b', 2), said('a', 2, { weightKg: 9 }))[0]?.['growth']?.[3]).toBe('growth-measurement/b/0');
  });

  it('comes from the highest revision of a statement alone', () => {
    expect(fold(said('a', 5), said('a', 2, { revision: 1 }))[0]?.['growth']?.[0]).toEqual({ weightKg: 2 });
  });

  it('is nothing when the statement was taken back', () => {
    expect(fold(said('a', 5), said('a', 5, { revision: 1, withdrawn: true }))).toEqual([]);
  });

  it('does not take a number for the child’s that may be its mother’s', () => {
    const unproven = { ...child, birthDate: undefined };
    expect(fold(said('a', 2), said('b', 3, { child: unproven }))).toHaveLength(2);
  });

  it('does not take a number for the person’s that says another birth date', () => {
    const [record] = fold(said('a', 2, { child: { ...child, birthDate: '2020-08-13' } }));
    expect(record).not.toHaveProperty('nik');
  });
});
