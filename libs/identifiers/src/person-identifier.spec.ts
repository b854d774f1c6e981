import { describe, expect, it } from '@jest/globals';
import { SYSTEMS } from '@simpul/contracts';
import type { PersonRef } from '@simpul/contracts';
import fc from 'fast-check';

import { maskIdentifier } from './mask.js';
import { findFamilyCard, normaliseIdentifier, usableIdentifiers } from './person-identifier.js';
import { strongestIdentifier } from './strongest-identifier.js';

const recordedAt = new Date('2026-11-24T00:00:00Z');
const CHILD_NIK = '3174095208249001';
const MOTHER_NIK = '3174095708900003';
const nik = (value: string): { system: string; value: string } => ({ system: SYSTEMS.nik, value });
const usable = (person: PersonRef, child = false): string[] =>
  usableIdentifiers(person, { recordedAt, child }).map(({ system, value }) => `${system}|${value}`);

describe('a usable NIK', () => {
  const isUsable = (person: PersonRef, child: boolean): boolean =>
    usable(person, child).includes(`${SYSTEMS.nik}|${CHILD_NIK}`);

  it.each([
    [{}, false, true],
    [{}, true, false],
    [{ sex: 'F' }, true, false],
    [{ birthDate: '2024-08-12' }, true, true],
    [{ birthDate: '2024-08-12', sex: 'F' }, true, true],
    [{ birthDate: '2024-08-12', sex: 'M' }, true, false],
    [{ birthDate: '2024-08-13' }, false, false],
    [{ sex: 'M' }, false, false],
    [{ birthDate: '1924-08-12' }, false, true],
    [{ birthDate: 'today' }, false, false],
  ] as const)('beside %j in a message about a child (%s): %s', (stated, child, expected) => {
    expect(isUsable({ identifiers: [nik(' 3174.0952.0824-9001')], ...stated }, child)).toBe(expected);
  });

  it('does not make a child of its mother', () => {
    expect(usable({ identifiers: [nik(MOTHER_NIK)], birthDate: '2024-08-12', sex: 'F' }, true)).toEqual([]);
  });

  it('is judged at the recorded time', () => {
    const person = { identifiers: [nik('3174092411269001')], birthDate: '2026-11-24' };
    expect(usableIdentifiers(person, { recordedAt, child: true })).toHaveLength(1);
    expect(usableIdentifiers(person, { recordedAt: new Date('2026-11-20T00:00:00Z'), child: true })).toEqual([]);
  });
});

describe('the numbers of a person', () => {
  it('are those that can be used alone, by strength, then as they were given', () => {
    const systems = [SYSTEMS.nik, SYSTEMS.nisn, SYSTEMS.ihs, SYSTEMS.dapodik, SYSTEMS.jkn];
    const values = [
      CHILD_NIK,
      MOTHER_NIK,
      ' 3174.0952.0824-9001',
      '0149000001',
      '1111111111',
      'p02478375538',
      '0001234567890',
    ];
    const given = fc.record({
      system: fc.constantFrom(...systems, 'urn:id:another'),
      value: fc.constantFrom(...values, '4F9A1C62-0000-4000-8000-00000000000A'),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 8 }), (identifiers) => {
        const alone = systems.flatMap((system) =>
          identifiers.flatMap((each) => (each.system === system ? usable({ identifiers: [each] }) : [])),
        );
        expect(usable({ identifiers })).toEqual([...new Set(alone)]);
      }),
    );
  });

  it('come strongest first, normalised and once', () => {
    const identifiers = [
      { system: SYSTEMS.jkn, value: '0001 2345 67890' },
      { system: SYSTEMS.dapodik, value: ' 4F9A1C62-0000-4000-8000-00000000000A ' },
      { system: 'urn:id:another', value: 'x' },
      { system: SYSTEMS.ihs, value: 'p02478375538' },
      { system: SYSTEMS.nisn, value: "'0149000001" },
      nik(MOTHER_NIK),
      nik('3174 0957 0890 0003'),
    ];
    expect(usable({ identifiers })).toEqual([
      `${SYSTEMS.nik}|${MOTHER_NIK}`,
      `${SYSTEMS.nisn}|0149000001`,
      `${SYSTEMS.ihs}|P02478375538`,
      `${SYSTEMS.dapodik}|4f9a1c62-0000-4000-8000-00000000000a`,
      `${SYSTEMS.jkn}|0001234567890`,
    ]);
  });

  it.each([
    [SYSTEMS.nisn, '149000001'],
    [SYSTEMS.nisn, '0000000000'],
    [SYSTEMS.ihs, 'P00000000000'],
    [SYSTEMS.ihs, '02478375538'],
    [SYSTEMS.dapodik, '00000000-0000-0000-0000-000000000000'],
    [SYSTEMS.jkn, '-'],
    [SYSTEMS.kk, '3174091201159001'],
  ])('leave out %s %s', (system, value) => {
    expect(usable({ identifiers: [{ system, value }] })).toEqual([]);
  });
});

describe('a newborn', () => {
  const newborn = { motherNik: "'3174 0957 0890 0003", birthDate: '2026-11-20', birthOrder: 1 };

  it('is named by mother, birth date and order', () => {
    expect(usable(newborn, true)).toEqual([`urn:simpul:newborn|${MOTHER_NIK}|2026-11-20|1`]);
    expect(usable({ ...newborn, birthOrder: 2 }, true)).not.toEqual(usable(newborn, true));
  });

  it.each([{ motherNik: '3174091708900003' }, { motherNik: '-' }, { birthDate: undefined }, { birthOrder: undefined }])(
    'is not, with %j',
    (change) => {
      expect(usable({ ...newborn, ...change }, true)).toEqual([]);
    },
  );
});

describe('the strongest identifier', () => {
  const context = { recordedAt, source: 'posyandu-tb', eventId: 'growth-measurement/7/0' };
  const ofPerson = (person: PersonRef): string =>
    strongestIdentifier({ kind: 'person', person, pointer: '/child', child: true }, context);

  it('of a person falls back to the local id, then to the event', () => {
    const person = { identifiers: [nik(CHILD_NIK)], birthDate: '2024-08-12', localId: 'anak-7' };
    expect(ofPerson(person)).toBe(`https://fhir.kemkes.go.id/id/nik|${CHILD_NIK}`);
    expect(ofPerson({ ...person, birthDate: '2024-08-13' })).toBe('urn:simpul:local|posyandu-tb|anak-7');
    expect(ofPerson({})).toBe('urn:simpul:event|posyandu-tb|growth-measurement/7/0');
  });

  it('of a family is its card, its local id, or the event', () => {
    const ofFamily = (family: object): string => strongestIdentifier({ kind: 'family', family, pointer: '' }, context);
    expect(ofFamily({ familyCard: '3174.0912.0115.9001', localId: 'k1' })).toBe(
      'https://fhir.kemkes.go.id/id/kk|3174091201159001',
    );
    expect(ofFamily({ familyCard: '3174091201150000', localId: 'k1' })).toBe('urn:simpul:family|posyandu-tb|k1');
    expect(ofFamily({})).toBe('urn:simpul:event|posyandu-tb|growth-measurement/7/0');
  });

  it('of other things is what they are called', () => {
    expect(strongestIdentifier({ kind: 'other', system: SYSTEMS.crm, value: ' T-1 ' }, context)).toBe(
      'urn:id:jakarta:crm|T-1',
    );
    expect(strongestIdentifier({ kind: 'event' }, context)).toBe('urn:simpul:event|posyandu-tb|growth-measurement/7/0');
  });
});

it('does not take a placeholder for a family card', () => {
  expect(findFamilyCard({ familyCard: '1111111111111111' })).toBeUndefined();
  expect(findFamilyCard({ familyCard: '3174090000009001' })).toBeUndefined();
  expect(findFamilyCard({ familyCard: '317409120115900' })).toBeUndefined();
});

it('writes every number one way', () => {
  expect(normaliseIdentifier(SYSTEMS.npsn, '20.10 3-456')).toBe('20103456');
  expect(normaliseIdentifier('urn:id:another', ' Cafe\u0301 1 ')).toBe('Café 1');
});

it.each([
  [SYSTEMS.nik, '3174095708900003', '317409******0003'],
  [SYSTEMS.kk, '3174 0912 0115 9001', '317409******9001'],
  [SYSTEMS.nik, '317409570890000', '******'],
  [SYSTEMS.nisn, '0149000001', '******001'],
  ['urn:id:another', 'T-1', '******'],
  ['urn:simpul:newborn', `${MOTHER_NIK}|2026-11-20|1`, '******'],
])('masks %s %s', (system, value, expected) => {
  expect(maskIdentifier(system, value)).toBe(expected);
});
