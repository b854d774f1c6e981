import { defineKind } from '@simpul/adapter-kit';
import { familyChanged } from '@simpul/contracts';
import { FamilyCardChange } from './family-card-change.js';
import { toFamilyChanged } from './family-card-change.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: FamilyCardChange = {
  reference: 'kk-2026-000417',
  revision: 1,
  family: {
    familyCard: '3174091201189001',
  },
  members: [
    {
      person: {
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
      relation: 'head',
    },
    {
      person: {
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
      relation: 'wife',
    },
    {
      person: {
        localId: 'siak-889',
        name: 'CONTOH DUA',
        sex: 'M',
        birthDate: '2026-11-01',
      },
      relation: 'child',
    },
  ],
  reason: 'birth',
  changedOn: '2026-11-05',
};

export const familyCardChangeKind = defineKind({
  name: 'family-card-change',
  path: 'family-card-changes',
  en: 'A family card was issued or changed: the whole roster',
  id: 'Kartu keluarga terbit atau berubah: seluruh anggota',
  message: FamilyCardChange,
  event: familyChanged,
  timeField: 'changedOn',
  toEvent: toFamilyChanged,
  examples: [
    {
      title: { en: 'A new card with three members', id: 'Kartu baru dengan tiga anggota' },
      message: {
        reference: 'kk-2026-000417',
        family: {
          familyCard: '3174091201189001',
        },
        members: [
          {
            person: {
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
            relation: 'head',
          },
          {
            person: {
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
            relation: 'wife',
          },
          {
            person: {
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
            relation: 'child',
          },
        ],
        reason: 'new-card',
        address: {
          street: 'Jl. Contoh No. 7',
          area: {
            scheme: 'kemendagri',
            code: '31.74.09.1005',
          },
          rw: '003',
          rt: '007',
        },
        changedOn: '2026-11-03',
      },
    },
    {
      title: { en: 'A correction, with a member without NIK', id: 'Perbaikan, dengan anggota tanpa NIK' },
      message: takenBack,
    },
    {
      title: { en: "Taken back: another family's card", id: 'Ditarik: kartu keluarga lain' },
      message: { ...takenBack, revision: 2, withdrawn: true },
    },
  ],
});
