import { defineEvent } from '../event-type.js';
import { Code, Day, Part, Text, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { dayOf } from '../instant.js';
import { FacilityRef } from '../part/facility-ref.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

/** Antigens of the national schedule; the dose number is kept as received, doses are counted by date. */
export const ANTIGENS = {
  'HB-0': { en: 'hepatitis B at birth', id: 'hepatitis B saat lahir' },
  BCG: { en: 'BCG', id: 'BCG' },
  OPV: { en: 'oral polio', id: 'polio tetes' },
  IPV: { en: 'injected polio', id: 'polio suntik' },
  'DPT-HB-HIB': { en: 'DPT, hepatitis B and Hib', id: 'DPT, hepatitis B, dan Hib' },
  PCV: { en: 'pneumococcal', id: 'pneumokokus' },
  RV: { en: 'rotavirus', id: 'rotavirus' },
  MR: { en: 'measles and rubella', id: 'campak dan rubela' },
  JE: { en: 'Japanese encephalitis', id: 'ensefalitis Jepang' },
  DT: { en: 'diphtheria and tetanus', id: 'difteri dan tetanus' },
  TD: { en: 'tetanus and diphtheria', id: 'tetanus dan difteri' },
  HPV: { en: 'human papillomavirus', id: 'human papillomavirus' },
} as const;

export const IMMUNISATION_ROUTES = {
  oral: { en: 'by mouth', id: 'diteteskan' },
  intramuscular: { en: 'into the muscle', id: 'intramuskular' },
  subcutaneous: { en: 'under the skin', id: 'subkutan' },
  intradermal: { en: 'into the skin', id: 'intradermal' },
} as const;

export const IMMUNISATION_SETTINGS = {
  posyandu: { en: 'posyandu', id: 'posyandu' },
  puskesmas: { en: 'health centre', id: 'puskesmas' },
  school: { en: 'school', id: 'sekolah' },
  hospital: { en: 'hospital', id: 'rumah sakit' },
  clinic: { en: 'clinic or midwife', id: 'klinik atau bidan' },
  mobile: { en: 'mobile unit or home visit', id: 'layanan keliling atau kunjungan rumah' },
} as const;

@Contract('ImmunisationGiven', { en: 'A child was vaccinated', id: 'Seorang anak diimunisasi' })
export class ImmunisationGiven {
  @Part(PersonRef, { en: 'the child', id: 'anak', group: 'identity' })
  child: PersonRef;

  @Code({ en: 'antigen', id: 'antigen', group: 'health', values: ANTIGENS, example: 'MR' })
  antigen: keyof typeof ANTIGENS;

  @Whole({
    en: 'dose number, as the source counts',
    id: 'dosis ke-, menurut sumber',
    group: 'health',
    min: 0,
    max: 9,
    optional: true,
    example: 1,
  })
  doseNumber?: number;

  @Code({
    en: 'product code (KFA)',
    id: 'kode produk (KFA)',
    group: 'health',
    pattern: /^[0-9]{6,12}$/u,
    max: 12,
    optional: true,
  })
  kfaCode?: string;

  @Text({ en: 'lot number', id: 'nomor bets', group: 'health', identifies: false, max: 40, optional: true })
  lot?: string;

  @Day({ en: 'expiry date of the lot', id: 'tanggal kedaluwarsa bets', group: 'health', optional: true })
  expiry?: string;

  @Code({ en: 'route', id: 'cara pemberian', group: 'health', values: IMMUNISATION_ROUTES, optional: true })
  route?: keyof typeof IMMUNISATION_ROUTES;

  @Code({ en: 'setting', id: 'tempat pelayanan', group: 'health', values: IMMUNISATION_SETTINGS, example: 'posyandu' })
  setting: keyof typeof IMMUNISATION_SETTINGS;

  @Part(FacilityRef, { en: 'facility that gave it', id: 'fasilitas pemberi', group: 'health' })
  facility: FacilityRef;

  @Withdrawn()
  withdrawn?: true;
}

export const immunisationGiven = defineEvent({
  sector: 'health',
  name: 'immunisation.given',
  classification: 'specific',
  data: ImmunisationGiven,
  childRoles: ['child'],
  subject: ({ child }) => ({ kind: 'person', person: child, pointer: '/child', child: true }),
  businessKey: ({ antigen }, time, offset) => [antigen, dayOf(time, offset)],
  examples: [
    {
      title: { en: 'First measles-rubella dose at a posyandu', id: 'Imunisasi MR pertama di posyandu' },
      time: '2026-11-12T02:30:00.000Z',
      data: {
        child: {
          identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' }],
          name: 'CONTOH SATU',
          sex: 'F',
          birthDate: '2024-08-12',
        },
        antigen: 'MR',
        doseNumber: 1,
        lot: 'MR2604A',
        route: 'subcutaneous',
        setting: 'posyandu',
        facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
      },
    },
  ],
});
