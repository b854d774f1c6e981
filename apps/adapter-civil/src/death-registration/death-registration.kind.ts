import { defineKind } from '@simpul/adapter-kit';
import { deathRegistered } from '@simpul/contracts';
import { DeathRegistration } from './death-registration.js';
import { toDeathRegistered } from './death-registration.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: DeathRegistration = {
  reference: 'km-2026-000091',
  person: {
    identifiers: [
      {
        system: 'https://fhir.kemkes.go.id/id/nik',
        value: '3174091204489001',
      },
    ],
    name: 'CONTOH TIGA',
    sex: 'M',
    birthDate: '1948-04-12',
  },
  place: 'Rumah',
  causeGroup: 'illness',
  certificateNumber: '3174-KM-20112026-9001',
  diedOn: '2026-11-19',
};

export const deathRegistrationKind = defineKind({
  name: 'death-registration',
  path: 'death-registrations',
  en: 'A death was registered',
  id: 'Kematian dicatatkan',
  message: DeathRegistration,
  event: deathRegistered,
  timeField: 'diedOn',
  toEvent: toDeathRegistered,
  examples: [
    {
      title: { en: 'Death at home', id: 'Meninggal di rumah' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: the certificate was issued in error', id: 'Ditarik: akta terbit karena kekeliruan' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
