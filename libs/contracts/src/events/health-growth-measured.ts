import { defineEvent } from '../event-type.js';
import { Code, Flag, Part, Quantity } from '../field-decorators.js';
import { Contract } from '../field.js';
import { dayOf } from '../instant.js';
import { FacilityRef } from '../part/facility-ref.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

export const MEASURING_POSITIONS = {
  lying: { en: 'lying', id: 'terlentang' },
  standing: { en: 'standing', id: 'berdiri' },
} as const;

/** The posyandu's monthly weighing codes. */
export const GAINED_CODES = {
  N: { en: 'gained', id: 'naik' },
  T: { en: 'did not gain', id: 'tidak naik' },
  O: { en: 'not weighed last month', id: 'bulan lalu tidak ditimbang' },
  B: { en: 'weighed for the first time', id: 'baru pertama kali ditimbang' },
} as const;

@Contract('GrowthMeasured', { en: 'A child was weighed and measured', id: 'Seorang anak ditimbang dan diukur' })
export class GrowthMeasured {
  @Part(PersonRef, { en: 'the child', id: 'anak', group: 'identity' })
  child: PersonRef;

  @Part(FacilityRef, { en: 'where it was measured', id: 'tempat pengukuran', group: 'health' })
  facility: FacilityRef;

  @Quantity({ en: 'weight', id: 'berat badan', group: 'health', unit: 'kg', min: 0.5, max: 60, example: 9.4 })
  weightKg: number;

  @Quantity({
    en: 'length or height',
    id: 'panjang atau tinggi badan',
    group: 'health',
    unit: 'cm',
    min: 20,
    max: 150,
    optional: true,
    example: 79.8,
  })
  lengthCm?: number;

  @Code({
    en: 'how the length was measured',
    id: 'cara ukur panjang badan',
    group: 'health',
    values: MEASURING_POSITIONS,
    optional: true,
    example: 'standing',
  })
  position?: keyof typeof MEASURING_POSITIONS;

  @Code({
    en: 'weighing code',
    id: 'kode hasil penimbangan',
    group: 'health',
    values: GAINED_CODES,
    optional: true,
    example: 'N',
  })
  gainedCode?: keyof typeof GAINED_CODES;

  @Quantity({
    en: "the source's height-for-age z-score",
    id: 'z-score TB/U menurut sumber',
    group: 'health',
    unit: 'SD',
    min: -20,
    max: 20,
    optional: true,
    example: -1.9,
  })
  sourceHeightForAgeZ?: number;

  @Quantity({
    en: 'mid-upper arm circumference',
    id: 'lingkar lengan atas',
    group: 'health',
    unit: 'cm',
    min: 4,
    max: 50,
    optional: true,
  })
  muacCm?: number;

  @Quantity({
    en: 'head circumference',
    id: 'lingkar kepala',
    group: 'health',
    unit: 'cm',
    min: 15,
    max: 70,
    optional: true,
  })
  headCm?: number;

  @Flag({ en: 'vitamin A given', id: 'vitamin A diberikan', group: 'health', optional: true })
  vitaminA?: boolean;

  @Withdrawn()
  withdrawn?: true;
}

const measuresOf = ({ weightKg, lengthCm, position, gainedCode, muacCm, headCm }: GrowthMeasured): object => ({
  weightKg,
  ...(lengthCm !== undefined && { lengthCm }),
  ...(position !== undefined && { position }),
  ...(gainedCode !== undefined && { gainedCode }),
  ...(muacCm !== undefined && { muacCm }),
  ...(headCm !== undefined && { headCm }),
});

export const growthMeasured = defineEvent({
  sector: 'health',
  name: 'growth.measured',
  classification: 'specific',
  data: GrowthMeasured,
  childRoles: ['child'],
  subject: ({ child }) => ({ kind: 'person', person: child, pointer: '/child', child: true }),
  businessKey: (_data, time, offset) => [dayOf(time, offset)],
  claims: (data) => [{ pointer: '/child', attributes: { growth: measuresOf(data) } }],
  examples: [
    {
      title: { en: 'Weighing at a posyandu', id: 'Penimbangan di posyandu' },
      time: '2026-11-12T02:14:00.000Z',
      data: {
        child: {
          identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' }],
          name: 'CONTOH SATU',
          sex: 'F',
          birthDate: '2024-08-12',
          address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: '003', rt: '007' },
        },
        facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
        weightKg: 9.4,
        lengthCm: 79.8,
        position: 'standing',
        gainedCode: 'N',
        sourceHeightForAgeZ: -1.9,
      },
    },
  ],
});
