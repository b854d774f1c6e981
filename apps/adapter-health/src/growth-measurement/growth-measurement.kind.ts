import { defineKind } from '@simpul/adapter-kit';
import { growthMeasured } from '@simpul/contracts';
import { GrowthMeasurement } from './growth-measurement.js';
import { toGrowthMeasured } from './growth-measurement.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: GrowthMeasurement = {
  reference: 'posy-rw03-2026-11-000188',
  child: {
    localId: 'balita-0412',
    name: 'CONTOH EMPAT',
    sex: 'M',
    birthDate: '2025-03-02',
    motherName: 'CONTOH IBU EMPAT',
  },
  facility: {
    system: 'urn:id:kemendagri:posyandu',
    value: 'TB-RW03-A',
  },
  measuredAt: '2026-11-12T09:20:00+07:00',
  weightKg: 8.7,
};

export const growthMeasurementKind = defineKind({
  name: 'growth-measurement',
  path: 'growth-measurements',
  en: 'One weighing and measuring of a child',
  id: 'Satu penimbangan dan pengukuran seorang anak',
  message: GrowthMeasurement,
  event: growthMeasured,
  timeField: 'measuredAt',
  toEvent: toGrowthMeasured,
  examples: [
    {
      title: { en: 'At a posyandu, written down three days later', id: 'Di posyandu, dicatat tiga hari kemudian' },
      message: {
        reference: 'posy-rw03-2026-11-000187',
        recordedAt: '2026-11-15T20:03:11+07:00',
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
          address: {
            area: {
              scheme: 'kemendagri',
              code: '31.74.09.1005',
            },
            rw: '003',
            rt: '007',
          },
        },
        facility: {
          system: 'urn:id:kemendagri:posyandu',
          value: 'TB-RW03-A',
        },
        measuredAt: '2026-11-12T09:14:00+07:00',
        weightKg: 9.4,
        lengthCm: 79.8,
        position: 'standing',
        gainedCode: 'N',
        sourceHeightForAgeZ: -1.9,
      },
    },
    {
      title: { en: 'A child without NIK', id: 'Anak tanpa NIK' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: it was another child', id: 'Ditarik: ternyata anak lain' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
