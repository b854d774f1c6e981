import { describe, expect, it } from '@jest/globals';
import { digestOf } from './canonical-json.js';
import type { Content, Revision } from './evidence.js';
import { foldAll, recordId } from './fold.js';

const source = 'chaos-health';
const key = Buffer.alloc(32, 1);
const NIK = 'https://fhir.kemkes.go.id/id/nik';

interface Message {
  reference: string;
  revision?: number;
  [name: string]: unknown;
}

function foldOf(kind: string, ...messages: Message[]) {
  const contents = new Map<string, Content>();
  const revisions = messages.map((message, place): Revision => {
    const { reference, revision = 0 } = message;
    const digest = digestOf(message);
    contents.set(`${source} ${kind}/${reference}/${revision} ${digest}`, { kind, message });
    return { source, kind, reference, revision, digest, verdict: 'applied', batch: '1', place };
  });
  return foldAll(revisions, contents, key);
}

const fold = (...messages: Message[]) =>
  [...foldOf('growth-measurement', ...messages).values()].map(({ folded }) => folded);

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

  it('names the records of a roster’s members, each of whom is on the card', () => {
    const card = '3174091201189001';
    const mother = { identifiers: [{ system: NIK, value: '3174095708909001' }], name: 'CONTOH IBU', sex: 'F' };
    const newborn = { name: 'BAYI CONTOH', birthDate: '2025-03-01', motherNik: '3174095708909001', birthOrder: 1 };
    const change = { reference: 'kk', changedOn: '2025-03-02', family: { familyCard: card } };
    const members = [mother, newborn].map((person, index) => ({ person, relation: index === 0 ? 'head' : 'child' }));
    const records = foldOf('family-card-change', { ...change, members });
    const of = (...name: [kind: string, system: string, value: string]) =>
      recordId(key, name[0], source, name[1], name[2]);
    const [head, baby] = [
      of('person', NIK, '3174095708909001'),
      of('person', 'urn:simpul:newborn', '3174095708909001|2025-03-01|1'),
    ];
    const family = records.get(of('family', 'https://fhir.kemkes.go.id/id/kk', card));
    expect(family?.folded['roster']?.[0]).toEqual([
      { record: head, relation: 'head' },
      { record: baby, relation: 'child' },
    ]);
    expect([head, baby].map((id) => records.get(id)?.folded['kk']?.[0])).toEqual([card, card]);
    const emptied = foldOf('family-card-change', { ...change, members }, { ...change, revision: 1, members: [] });
    expect([...emptied.values()].map(({ folded }) => folded['roster']?.[0])).toEqual([[]]);
  });

  it('does not take a newborn by a number that is no mother’s', () => {
    const [record] = foldOf('birth-registration', {
      reference: 'a',
      bornOn: '2025-03-01',
      child: { name: 'BAYI CONTOH', birthDate: '2025-03-01', motherNik: '3174091708909001', birthOrder: 1 },
    }).keys();
    expect(record).toBe(recordId(key, 'person', source, 'statement', 'birth-registration/a#/child'));
  });

  it('of a statement that names nobody is what it is about', () => {
    const ticket = { reference: 'f', submittedAt: '2025-03-01T08:00:00+07:00', channel: 'jaki', ticket: 'JK-1' };
    const record = foldOf('feedback', ticket).get(recordId(key, 'statement', source, 'statement', 'feedback/f#'));
    expect(record?.folded['subject']?.[0]).toEqual({ system: 'urn:simpul:ticket', value: 'jaki|JK-1' });
    expect([...foldOf('feedback', { ...ticket, person: child }).values()].map(({ kind }) => kind)).toEqual(['person']);
  });
});
