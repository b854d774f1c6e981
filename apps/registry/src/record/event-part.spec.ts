import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, FamilyRef, fieldsOf, findEventType, PersonRef, validatorFor } from '@simpul/contracts';
import type { Class, EventType, FieldInfo } from '@simpul/contracts';
import { testKeys } from '@simpul/testing';
import fc from 'fast-check';
import { joinParts, splitData } from './event-part.js';
import { mentionsOf } from './mention.js';
import { createRecordIds } from './record-id.js';

const context = { ids: createRecordIds(testKeys('parts').recordId), timeZoneOffset: '+07:00' };
const told = (type: EventType, data: object, reference = 'r-1', source = 'a') => {
  const time = Date.UTC(2026, 10, 20);
  return { type, source, kind: 'k', reference, time, recordedTime: time, data };
};
const examples = EVENT_TYPES.flatMap((type) =>
  type.examples.map((example) => [example.title.en, type, example.data] as const),
);

/** Some optional members left out and some items of lists repeated, as the dice fall. */
function varied(value: unknown, dice: number[]): unknown {
  if (Array.isArray(value))
    return value.flatMap((item) => Array.from({ length: dice.pop() ?? 1 }, () => varied(item, dice)));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(() => dice.pop() !== 0);
  return Object.fromEntries(kept.map(([name, member]) => [name, varied(member, dice)]));
}

/** Fields with something in them that names a person. */
function identifyingIn(type: Class, value: object): string[] {
  return fieldsOf(type).flatMap(({ name, identifies, part }) => {
    const items = [(value as Record<string, unknown>)[name] ?? []].flat().filter((item) => item !== null);
    if (identifies || part === PersonRef || part === FamilyRef) return items.length > 0 ? [name] : [];
    return part ? items.flatMap((item) => identifyingIn(part, item)) : [];
  });
}

it('seals no person inside of a part that identifies as a whole', () => {
  const holdsSomebody = (type: Class): boolean =>
    fieldsOf(type).some(({ part }) => part && (part === PersonRef || part === FamilyRef || holdsSomebody(part)));
  const partsOf = (type: Class): FieldInfo[] =>
    fieldsOf(type).flatMap((field) => (field.part ? [field, ...partsOf(field.part)] : []));
  const whole = EVENT_TYPES.flatMap(({ data }) => partsOf(data)).filter(({ identifies }) => identifies);
  expect(whole.filter(({ part }) => part && holdsSomebody(part))).toEqual([]);
});

describe.each(examples)('%s', (_title, type, data) => {
  const mentions = mentionsOf(told(type, data), context);

  it('has one subject among those it names', () => {
    expect(mentions.filter((mention) => mention.isSubject)).toHaveLength(1);
  });

  it('comes together again as it was', () => {
    const { facts, sealed } = splitData(type.data, data, mentions);
    expect(joinParts(facts, sealed.values())).toEqual(data);
  });

  it('gives each mention itself and the subject all else that identifies, whatever was sent', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 300, maxLength: 300 }), (dice) => {
        const sent = varied(data, dice) as object;
        fc.pre(validatorFor(type.data)(sent));
        const named = mentionsOf(told(type, sent), context);
        const before = JSON.stringify(sent);
        const { facts, sealed } = splitData(type.data, sent, named);
        expect(JSON.stringify(sent)).toBe(before);
        expect(joinParts(facts, sealed.values())).toEqual(sent);
        expect([...sealed.keys()]).toEqual(named.map(({ pointer }) => pointer));
        const others = named.filter(({ isSubject }) => !isSubject).map(({ pointer }) => pointer);
        expect(others.map((pointer) => Object.keys(sealed.get(pointer) ?? {}))).toEqual(
          others.map((pointer) => [pointer]),
        );
        const subject = named.find(({ isSubject }) => isSubject)?.pointer ?? '';
        expect(['', ...Object.keys(sealed.get(subject) ?? {})]).toContain(subject);
        expect(identifyingIn(type.data, facts)).toEqual([]);
      }),
    );
  });

  it('leaves no person and no family in the facts', () => {
    const text = JSON.stringify(splitData(type.data, data, mentions).facts);
    expect(text).not.toMatch(/CONTOH|\b\d{16}\b/u);
  });
});

describe('the records of an event', () => {
  const growth = findEventType('id.simpul.health.growth.measured.v1') as EventType;
  const recordOf = (child: object, reference?: string, source?: string) => {
    const data = { ...growth.examples[0]?.data, child };
    return mentionsOf(told(growth, data, reference, source), context).find((mention) => mention.isSubject)?.record;
  };
  const nik = {
    identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' }],
    birthDate: '2024-08-12',
    sex: 'F',
  };

  it('is one per source, and one per statement where nothing names the child', () => {
    expect(recordOf(nik, 'r-1')).toBe(recordOf(nik, 'r-2'));
    expect(recordOf(nik, 'r-1', 'a')).not.toBe(recordOf(nik, 'r-1', 'b'));
    expect(recordOf({ name: 'CONTOH' }, 'r-1')).not.toBe(recordOf({ name: 'CONTOH' }, 'r-2'));
  });

  it('follows the own id of the source before any number', () => {
    expect(recordOf({ ...nik, localId: 'c-1' })).toBe(recordOf({ localId: 'c-1' }, 'r-2'));
  });

  it('does not make a child its mother', () => {
    const mothers = { identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095708909001' }] };
    const ofMother = recordOf({ ...mothers, birthDate: '1990-08-17', sex: 'F' });
    expect(recordOf({ ...mothers, birthDate: '2024-08-12' })).not.toBe(ofMother);
    expect(recordOf(mothers)).not.toBe(ofMother);
  });
});
