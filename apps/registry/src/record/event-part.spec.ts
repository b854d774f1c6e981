import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, findEventType } from '@simpul/contracts';
import type { EventType } from '@simpul/contracts';
import { testKeys } from '@simpul/testing';
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

describe.each(examples)('%s', (_title, type, data) => {
  const mentions = mentionsOf(told(type, data), context);

  it('has one subject among those it names', () => {
    expect(mentions.filter((mention) => mention.isSubject)).toHaveLength(1);
  });

  it('comes together again as it was', () => {
    const { facts, sealed } = splitData(type.data, data, mentions);
    expect(joinParts(facts, sealed.values())).toEqual(data);
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
