import { defineEvent } from '../event-type.js';
import { Code, Part, Text } from '../field-decorators.js';
import { Contract } from '../field.js';
import { dayOf } from '../instant.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

export const DEATH_CAUSE_GROUPS = {
  illness: { en: 'illness', id: 'sakit' },
  'old-age': { en: 'old age', id: 'usia lanjut' },
  infection: { en: 'infectious disease', id: 'penyakit menular' },
  maternal: { en: 'pregnancy or childbirth', id: 'kehamilan atau persalinan' },
  neonatal: { en: 'first month of life', id: 'neonatal' },
  accident: { en: 'accident', id: 'kecelakaan' },
  violence: { en: 'violence', id: 'kekerasan' },
  unknown: { en: 'unknown', id: 'tidak diketahui' },
} as const;

@Contract('DeathRegistered', { en: 'A death was registered', id: 'Kematian dicatatkan' })
export class DeathRegistered {
  @Part(PersonRef, { en: 'the deceased', id: 'almarhum atau almarhumah', group: 'identity' })
  person: PersonRef;

  @Text({ en: 'place of death', id: 'tempat meninggal', group: 'civil', max: 200, optional: true })
  place?: string;

  @Code({
    en: 'group of the cause',
    id: 'kelompok sebab kematian',
    group: 'civil',
    values: DEATH_CAUSE_GROUPS,
    optional: true,
    example: 'illness',
  })
  causeGroup?: keyof typeof DEATH_CAUSE_GROUPS;

  @Text({
    en: 'number of the death certificate',
    id: 'nomor akta kematian',
    group: 'civil',
    max: 64,
    example: '3174-KM-20112026-9001',
  })
  certificateNumber: string;

  @Withdrawn()
  withdrawn?: true;
}

export const deathRegistered = defineEvent({
  sector: 'civil',
  name: 'death.registered',
  classification: 'personal',
  data: DeathRegistered,
  subject: ({ person }) => ({ kind: 'person', person, pointer: '/person', child: false }),
  // A person dies once: the subject alone is the key.
  businessKey: () => [],
  claims: (_data, time, offset) => [
    { pointer: '/person', attributes: { vitalStatus: 'deceased', deathDate: dayOf(time, offset) } },
  ],
  examples: [
    {
      title: { en: 'Death at home', id: 'Meninggal di rumah' },
      time: '2026-11-18T17:00:00.000Z',
      data: {
        person: {
          identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174091204489001' }],
          name: 'CONTOH TIGA',
          sex: 'M',
          birthDate: '1948-04-12',
        },
        place: 'Rumah',
        causeGroup: 'illness',
        certificateNumber: '3174-KM-20112026-9001',
      },
    },
  ],
});
