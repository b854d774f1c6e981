import { defineKind } from '@simpul/adapter-kit';
import { benefitDisbursed } from '@simpul/contracts';
import { BenefitDisbursement } from './benefit-disbursement.js';
import { toBenefitDisbursed } from './benefit-disbursement.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: BenefitDisbursement = {
  reference: 'sembako-2026-11-000077',
  family: {
    familyCard: '3174091201189001',
  },
  programme: 'SEMBAKO',
  period: '2026-11',
  amountRupiah: 200000,
  channel: 'debit-card',
  disbursedOn: '2026-11-06',
};

export const benefitDisbursementKind = defineKind({
  name: 'benefit-disbursement',
  path: 'benefit-disbursements',
  en: 'A benefit was paid out',
  id: 'Bantuan sosial disalurkan',
  message: BenefitDisbursement,
  event: benefitDisbursed,
  timeField: 'disbursedOn',
  toEvent: toBenefitDisbursed,
  examples: [
    {
      title: { en: 'Quarterly payment to a mother', id: 'Penyaluran triwulanan kepada seorang ibu' },
      message: {
        reference: 'pkh-2026Q4-000311',
        recipient: {
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
        family: {
          familyCard: '3174091201189001',
        },
        programme: 'PKH',
        period: '2026Q4',
        instalment: 1,
        amountRupiah: 750000,
        channel: 'bank',
        bankReference: 'BANK-000311',
        disbursedOn: '2026-11-05',
      },
    },
    {
      title: { en: 'A payment to a family', id: 'Penyaluran kepada keluarga' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: the payment failed', id: 'Ditarik: pembayaran gagal' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
