import { defineEvent } from '../event-type.js';
import { Part, Text, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { dayOf } from '../instant.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

@Contract('BirthRegistered', { en: 'A birth was registered', id: 'Kelahiran dicatatkan' })
export class BirthRegistered {
  @Part(PersonRef, { en: 'the child', id: 'anak', group: 'identity' })
  child: PersonRef;

  @Part(PersonRef, { en: 'the mother', id: 'ibu', group: 'family' })
  mother: PersonRef;

  @Part(PersonRef, { en: 'the father', id: 'ayah', group: 'family', optional: true })
  father?: PersonRef;

  @Whole({
    en: 'birth weight in grams',
    id: 'berat lahir dalam gram',
    group: 'health',
    min: 200,
    max: 9000,
    optional: true,
    example: 3100,
  })
  birthWeightGrams?: number;

  @Text({ en: 'place of birth', id: 'tempat kelahiran', group: 'civil', max: 200, example: 'Puskesmas Jagakarsa' })
  birthPlace: string;

  @Whole({
    en: 'place among children of one birth',
    id: 'urutan dalam satu kelahiran',
    group: 'civil',
    min: 1,
    max: 12,
    example: 1,
  })
  birthOrder: number;

  @Text({ en: 'number of the birth certificate', id: 'nomor akta kelahiran', group: 'civil', max: 64, optional: true })
  certificateNumber?: string;

  @Withdrawn()
  withdrawn?: true;
}

export const birthRegistered = defineEvent({
  sector: 'civil',
  name: 'birth.registered',
  classification: 'specific',
  data: BirthRegistered,
  childRoles: ['child'],
  subject: ({ child }) => ({ kind: 'person', person: child, pointer: '/child', child: true }),
  businessKey: ({ certificateNumber, birthOrder }, time, offset) =>
    certificateNumber === undefined ? [dayOf(time, offset), String(birthOrder)] : [certificateNumber],
  claims: () => [{ pointer: '/child', attributes: { vitalStatus: 'alive' } }],
  examples: [
    {
      title: { en: 'Birth at a health centre', id: 'Kelahiran di puskesmas' },
      time: '2026-11-02T17:00:00.000Z',
      data: {
        child: {
          identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174090311269001' }],
          name: 'CONTOH DUA',
          sex: 'M',
          birthDate: '2026-11-03',
          motherNik: '3174095708909001',
          birthOrder: 1,
        },
        mother: {
          identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095708909001' }],
          name: 'CONTOH IBU',
          sex: 'F',
          birthDate: '1990-08-17',
        },
        birthWeightGrams: 3100,
        birthPlace: 'Puskesmas Jagakarsa',
        birthOrder: 1,
        certificateNumber: '3174-LU-03112026-9001',
      },
    },
  ],
});
