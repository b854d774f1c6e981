import { defineEvent, type Subject } from '../event-type.js';
import { Code, Part, Text } from '../field-decorators.js';
import { Contract } from '../field.js';
import { AreaCode, NEIGHBOURHOOD } from '../part/address.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

export const FEEDBACK_CHANNELS = {
  jaki: { en: 'JAKI', id: 'JAKI' },
  crm: { en: 'Cepat Respon Masyarakat', id: 'Cepat Respon Masyarakat' },
  forum: { en: "residents' forum", id: 'forum warga' },
  counter: { en: 'counter at the kelurahan', id: 'loket kelurahan' },
  posyandu: { en: 'posyandu cadre', id: 'kader posyandu' },
  phone: { en: 'telephone', id: 'telepon' },
  chat: { en: 'chat', id: 'pesan singkat' },
  'mobile-unit': { en: 'mobile unit', id: 'layanan keliling' },
} as const;

export const FEEDBACK_KINDS = {
  complaint: { en: 'complaint', id: 'pengaduan' },
  aspiration: { en: 'aspiration', id: 'aspirasi' },
  question: { en: 'question', id: 'pertanyaan' },
  praise: { en: 'praise', id: 'apresiasi' },
} as const;

export const FEEDBACK_CATEGORIES = {
  health: { en: 'health', id: 'kesehatan' },
  education: { en: 'education', id: 'pendidikan' },
  'social-aid': { en: 'social aid', id: 'bantuan sosial' },
  'civil-registry': { en: 'civil registry', id: 'kependudukan' },
  environment: { en: 'environment and cleanliness', id: 'lingkungan dan kebersihan' },
  infrastructure: { en: 'roads and drainage', id: 'jalan dan saluran' },
  safety: { en: 'safety and order', id: 'keamanan dan ketertiban' },
  service: { en: 'quality of service', id: 'mutu pelayanan' },
  other: { en: 'other', id: 'lainnya' },
} as const;

@Contract('FeedbackSubmitted', { en: 'A resident gave feedback', id: 'Warga menyampaikan masukan' })
export class FeedbackSubmitted {
  @Part(PersonRef, {
    en: 'who says it; absent if anonymous',
    id: 'penyampai; kosong bila anonim',
    group: 'identity',
    optional: true,
  })
  person?: PersonRef;

  @Code({ en: 'channel', id: 'saluran', group: 'community', values: FEEDBACK_CHANNELS, example: 'jaki' })
  channel: keyof typeof FEEDBACK_CHANNELS;

  @Text({ en: 'ticket number', id: 'nomor tiket', group: 'community', max: 64, example: 'JK2611-000123' })
  ticket: string;

  @Code({ en: 'kind', id: 'jenis', group: 'community', values: FEEDBACK_KINDS, example: 'complaint' })
  kind: keyof typeof FEEDBACK_KINDS;

  @Code({ en: 'category', id: 'kategori', group: 'community', values: FEEDBACK_CATEGORIES, example: 'health' })
  category: keyof typeof FEEDBACK_CATEGORIES;

  @Text({ en: 'what was said', id: 'isi masukan', group: 'community', max: 4000 })
  text: string;

  @Part(AreaCode, { en: 'area that it is about', id: 'wilayah yang dimaksud', group: 'residence', optional: true })
  area?: AreaCode;

  @Code({ en: 'RW', id: 'RW', group: 'residence', pattern: NEIGHBOURHOOD, max: 3, optional: true, example: '003' })
  rw?: string;

  @Code({ en: 'RT', id: 'RT', group: 'residence', pattern: NEIGHBOURHOOD, max: 3, optional: true, example: '007' })
  rt?: string;

  @Withdrawn()
  withdrawn?: true;
}

function subjectOf({ person, channel, ticket }: FeedbackSubmitted): Subject {
  if (person) return { kind: 'person', person, pointer: '/person', child: false };
  return { kind: 'other', system: 'urn:simpul:ticket', value: `${channel}|${ticket}` };
}

export const feedbackSubmitted = defineEvent({
  sector: 'community',
  name: 'feedback.submitted',
  classification: 'personal',
  data: FeedbackSubmitted,
  subject: subjectOf,
  businessKey: ({ channel, ticket }) => [channel, ticket],
  examples: [
    {
      title: { en: 'Anonymous complaint', id: 'Pengaduan anonim' },
      time: '2026-11-21T03:20:00.000Z',
      data: {
        channel: 'jaki',
        ticket: 'JK2611-000123',
        kind: 'complaint',
        category: 'health',
        text: 'Jadwal posyandu RW 003 berubah tanpa pemberitahuan.',
        area: { scheme: 'kemendagri', code: '31.74.09.1005' },
        rw: '003',
      },
    },
  ],
});
