import { defineKind } from '@simpul/adapter-kit';
import { immunisationGiven } from '@simpul/contracts';
import { Immunisation } from './immunisation.js';
import { toImmunisationGiven } from './immunisation.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: Immunisation = {
  reference: 'imun-2026-11-004411',
  child: {
    localId: 'bayi-2026-0118',
    name: 'BAYI CONTOH IBU',
    sex: 'M',
    birthDate: '2026-11-03',
    motherNik: '3174095708909001',
    birthOrder: 1,
  },
  antigen: 'HB-0',
  doseNumber: 0,
  route: 'intramuscular',
  setting: 'puskesmas',
  facility: {
    system: 'urn:id:kemkes:faskes',
    value: 'PKM-JAGAKARSA',
  },
  givenAt: '2026-11-03T11:05:00+07:00',
};

export const immunisationKind = defineKind({
  name: 'immunisation',
  path: 'immunisations',
  en: 'One vaccination of a child',
  id: 'Satu imunisasi seorang anak',
  message: Immunisation,
  event: immunisationGiven,
  timeField: 'givenAt',
  toEvent: toImmunisationGiven,
  examples: [
    {
      title: { en: 'Measles and rubella at a posyandu', id: 'Campak-rubela di posyandu' },
      message: {
        reference: 'imun-2026-11-004410',
        child: {
          identifiers: [
            {
              system: 'https://fhir.kemkes.go.id/id/nik',
              value: '3174095208249001',
            },
          ],
          name: 'CONTOH SATU',
          sex: 'F',
          birthDate: '2024-08-12',
        },
        antigen: 'MR',
        doseNumber: 1,
        route: 'subcutaneous',
        setting: 'posyandu',
        facility: {
          system: 'urn:id:kemendagri:posyandu',
          value: 'TB-RW03-A',
        },
        givenAt: '2026-11-12T09:30:00+07:00',
      },
    },
    {
      title: { en: 'A newborn without NIK', id: 'Bayi baru lahir tanpa NIK' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: entered for the wrong child', id: 'Ditarik: tercatat pada anak yang salah' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
