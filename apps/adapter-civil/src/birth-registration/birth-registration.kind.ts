import { defineKind } from '@simpul/adapter-kit';
import { birthRegistered } from '@simpul/contracts';
import { BirthRegistration } from './birth-registration.js';
import { toBirthRegistered } from './birth-registration.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: BirthRegistration = {
  reference: 'lu-2026-001187',
  revision: 1,
  child: {
    identifiers: [
      {
        system: 'https://fhir.kemkes.go.id/id/nik',
        value: '3174090311269001',
      },
    ],
    name: 'CONTOH DUA',
    sex: 'M',
    birthDate: '2026-11-03',
  },
  mother: {
    identifiers: [
      {
        system: 'https://fhir.kemkes.go.id/id/nik',
        value: '3174095708909001',
      },
    ],
    name: 'CONTOH IBU',
    sex: 'F',
    birthDate: '1990-08-17',
  },
  father: {
    identifiers: [
      {
        system: 'https://fhir.kemkes.go.id/id/nik',
        value: '3174091203889001',
      },
    ],
    name: 'CONTOH AYAH',
    sex: 'M',
    birthDate: '1988-03-12',
  },
  birthWeightGrams: 3100,
  birthPlace: 'Puskesmas Jagakarsa',
  birthOrder: 1,
  certificateNumber: '3174-LU-03112026-9001',
  bornOn: '2026-11-03',
};

export const birthRegistrationKind = defineKind({
  name: 'birth-registration',
  path: 'birth-registrations',
  en: 'A birth was registered',
  id: 'Kelahiran dicatatkan',
  message: BirthRegistration,
  event: birthRegistered,
  timeField: 'bornOn',
  toEvent: toBirthRegistered,
  examples: [
    {
      title: { en: 'A newborn without NIK', id: 'Bayi yang belum memiliki NIK' },
      message: {
        reference: 'lu-2026-001187',
        child: {
          name: 'CONTOH DUA',
          sex: 'M',
          birthDate: '2026-11-03',
          motherNik: '3174095708909001',
          birthOrder: 1,
        },
        mother: {
          identifiers: [
            {
              system: 'https://fhir.kemkes.go.id/id/nik',
              value: '3174095708909001',
            },
          ],
          name: 'CONTOH IBU',
          sex: 'F',
          birthDate: '1990-08-17',
        },
        birthWeightGrams: 3100,
        birthPlace: 'Puskesmas Jagakarsa',
        birthOrder: 1,
        certificateNumber: '3174-LU-03112026-9001',
        bornOn: '2026-11-03',
      },
    },
    {
      title: {
        en: 'The same birth, corrected once the NIK is there',
        id: 'Kelahiran yang sama, diperbaiki setelah NIK terbit',
      },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: registered twice', id: 'Ditarik: tercatat dua kali' },
      message: { ...takenBack, revision: 2, withdrawn: true },
    },
  ],
});
