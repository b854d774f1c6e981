import { defineEvent, type Subject } from '../event-type.js';
import { Code, Part, Text, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { FamilyRef } from '../part/family-ref.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

export const BENEFIT_CHANNELS = {
  bank: { en: 'bank account', id: 'rekening bank' },
  'debit-card': { en: 'debit card of the programme', id: 'kartu debit program' },
  'e-wallet': { en: 'e-wallet', id: 'dompet elektronik' },
  post: { en: 'post office', id: 'kantor pos' },
  cash: { en: 'cash', id: 'tunai' },
  premium: { en: 'premium paid for the person', id: 'iuran dibayarkan' },
} as const;

/** Programmes are data with versions, so the code is known by its form only: `PKH`, `KJP-PLUS`, `PARTNER-BAZNAS`. */
export const PROGRAMME = /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/u;

@Contract('BenefitDisbursed', { en: 'A benefit was paid out', id: 'Bantuan sosial disalurkan' })
export class BenefitDisbursed {
  @Part(PersonRef, { en: 'the recipient', id: 'penerima', group: 'identity', optional: true })
  recipient?: PersonRef;

  @Part(FamilyRef, { en: "the recipient's family", id: 'keluarga penerima', group: 'family', optional: true })
  family?: FamilyRef;

  @Code({ en: 'programme', id: 'program', group: 'welfare', pattern: PROGRAMME, max: 40, example: 'PKH' })
  programme: string;

  @Code({
    en: 'period: year, semester, quarter or month',
    id: 'periode: tahun, semester, triwulan, atau bulan',
    group: 'welfare',
    pattern: /^20[0-9]{2}(?:S[12]|Q[1-4]|-(?:0[1-9]|1[0-2]))?$/u,
    max: 7,
    example: '2026Q4',
  })
  period: string;

  @Whole({
    en: 'instalment within the period',
    id: 'tahap dalam periode',
    group: 'welfare',
    min: 1,
    max: 24,
    optional: true,
  })
  instalment?: number;

  @Whole({
    en: 'amount in rupiah',
    id: 'jumlah dalam rupiah',
    group: 'welfare',
    min: 0,
    max: 1_000_000_000,
    example: 750_000,
  })
  amountRupiah: number;

  @Code({ en: 'channel', id: 'saluran pembayaran', group: 'welfare', values: BENEFIT_CHANNELS, example: 'bank' })
  channel: keyof typeof BENEFIT_CHANNELS;

  @Text({ en: "the bank's reference", id: 'nomor rujukan bank', group: 'welfare', max: 100, optional: true })
  bankReference?: string;

  @Withdrawn()
  withdrawn?: true;
}

function subjectOf({ recipient, family }: BenefitDisbursed): Subject {
  if (recipient) return { kind: 'person', person: recipient, pointer: '/recipient', child: false };
  return family ? { kind: 'family', family, pointer: '/family' } : { kind: 'event' };
}

export const benefitDisbursed = defineEvent({
  sector: 'social',
  name: 'benefit.disbursed',
  classification: 'specific',
  data: BenefitDisbursed,
  subject: subjectOf,
  businessKey: ({ programme, period, instalment }) => [programme, period, String(instalment ?? 1)],
  examples: [
    {
      title: { en: 'Quarterly payment to a mother', id: 'Penyaluran triwulanan kepada seorang ibu' },
      time: '2026-11-04T17:00:00.000Z',
      data: {
        recipient: {
          identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095708909001' }],
          name: 'CONTOH IBU',
          sex: 'F',
          birthDate: '1990-08-17',
        },
        family: { familyCard: '3174091201189001' },
        programme: 'PKH',
        period: '2026Q4',
        amountRupiah: 750_000,
        channel: 'bank',
        bankReference: 'CONTOH-0001',
      },
    },
  ],
});
