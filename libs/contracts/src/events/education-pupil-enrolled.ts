import { type Claim, defineEvent } from '../event-type.js';
import { Code, Part, Text, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

export const SCHOOL_LEVELS = {
  PAUD: { en: 'early childhood', id: 'PAUD' },
  TK: { en: 'kindergarten', id: 'TK' },
  SD: { en: 'primary', id: 'SD' },
  MI: { en: 'Islamic primary', id: 'MI' },
  SMP: { en: 'junior secondary', id: 'SMP' },
  MTS: { en: 'Islamic junior secondary', id: 'MTs' },
  SMA: { en: 'senior secondary', id: 'SMA' },
  MA: { en: 'Islamic senior secondary', id: 'MA' },
  SMK: { en: 'vocational secondary', id: 'SMK' },
  SLB: { en: 'special school', id: 'SLB' },
  'PAKET-A': { en: 'equivalency A', id: 'Paket A' },
  'PAKET-B': { en: 'equivalency B', id: 'Paket B' },
  'PAKET-C': { en: 'equivalency C', id: 'Paket C' },
} as const;

export const ENTRY_KINDS = {
  new: { en: 'new pupil', id: 'siswa baru' },
  transfer: { en: 'transferred from another school', id: 'pindahan' },
  returned: { en: 'came back to school', id: 'kembali bersekolah' },
  continued: { en: 'continued at the same school', id: 'melanjutkan di sekolah yang sama' },
} as const;

@Contract('PupilEnrolled', { en: 'A pupil was enrolled', id: 'Seorang siswa terdaftar di sekolah' })
export class PupilEnrolled {
  @Part(PersonRef, { en: 'the pupil', id: 'siswa', group: 'identity' })
  pupil: PersonRef;

  @Code({
    en: 'NPSN of the school',
    id: 'NPSN sekolah',
    group: 'education',
    pattern: /^[0-9]{8}$/u,
    max: 8,
    example: '20109001',
  })
  schoolNpsn: string;

  @Text({
    en: 'name of the school',
    id: 'nama sekolah',
    group: 'education',
    identifies: false,
    max: 200,
    optional: true,
  })
  schoolName?: string;

  @Code({ en: 'level', id: 'jenjang', group: 'education', values: SCHOOL_LEVELS, example: 'SD' })
  level: keyof typeof SCHOOL_LEVELS;

  @Whole({
    en: 'grade; 0 before primary',
    id: 'tingkat kelas; 0 sebelum SD',
    group: 'education',
    min: 0,
    max: 13,
    example: 1,
  })
  grade: number;

  @Code({ en: 'kind of entry', id: 'jenis pendaftaran', group: 'education', values: ENTRY_KINDS, example: 'new' })
  entryKind: keyof typeof ENTRY_KINDS;

  @Code({
    en: 'semester: year and 1 (odd) or 2 (even)',
    id: 'semester: tahun lalu 1 (ganjil) atau 2 (genap)',
    group: 'education',
    pattern: /^20[0-9]{2}[12]$/u,
    max: 5,
    example: '20261',
  })
  semester: string;

  @Withdrawn()
  withdrawn?: true;
}

const claimsOf = ({ schoolNpsn, schoolName, level, grade, entryKind, semester }: PupilEnrolled): Claim[] => [
  {
    pointer: '/pupil',
    attributes: {
      enrolment: { schoolNpsn, ...(schoolName !== undefined && { schoolName }), level, grade, entryKind, semester },
    },
  },
];

export const pupilEnrolled = defineEvent({
  sector: 'education',
  name: 'pupil.enrolled',
  classification: 'specific',
  data: PupilEnrolled,
  subject: ({ pupil }) => ({ kind: 'person', person: pupil, pointer: '/pupil', child: false }),
  businessKey: ({ schoolNpsn, semester }) => [schoolNpsn, semester],
  claims: (data) => claimsOf(data),
  examples: [
    {
      title: { en: 'First day at primary school', id: 'Masuk sekolah dasar' },
      time: '2026-07-12T17:00:00.000Z',
      data: {
        pupil: {
          identifiers: [
            { system: 'urn:id:kemendikdasmen:nisn', value: '0199000001' },
            { system: 'https://fhir.kemkes.go.id/id/nik', value: '3174096005199001' },
          ],
          name: 'CONTOH EMPAT',
          sex: 'F',
          birthDate: '2019-05-20',
          motherName: 'CONTOH IBU',
        },
        schoolNpsn: '20109001',
        schoolName: 'SDN Contoh 01',
        level: 'SD',
        grade: 1,
        entryKind: 'new',
        semester: '20261',
      },
    },
  ],
});
