import { defineKind } from '@simpul/adapter-kit';
import { feedbackSubmitted } from '@simpul/contracts';
import { Feedback } from './feedback.js';
import { toFeedbackSubmitted } from './feedback.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: Feedback = {
  reference: 'jaki-JK2611-000124',
  person: {
    name: 'CONTOH DELAPAN',
    phone: '080000009001',
  },
  channel: 'jaki',
  ticket: 'JK2611-000124',
  kind: 'question',
  category: 'health',
  text: 'Kapan posyandu RW 03 buka?',
  submittedAt: '2026-11-21T11:00:00+07:00',
};

export const feedbackKind = defineKind({
  name: 'feedback',
  path: 'feedback',
  en: 'A resident said something; anonymous is fine',
  id: 'Masukan warga; boleh anonim',
  message: Feedback,
  event: feedbackSubmitted,
  timeField: 'submittedAt',
  toEvent: toFeedbackSubmitted,
  examples: [
    {
      title: { en: 'Anonymous complaint', id: 'Pengaduan anonim' },
      message: {
        reference: 'jaki-JK2611-000123',
        channel: 'jaki',
        ticket: 'JK2611-000123',
        kind: 'complaint',
        category: 'health',
        text: 'Antrean imunisasi terlalu panjang.',
        area: {
          scheme: 'kemendagri',
          code: '31.74.09.1005',
        },
        rw: '003',
        submittedAt: '2026-11-21T10:20:00+07:00',
      },
    },
    {
      title: { en: 'With a person who wants an answer', id: 'Dengan warga yang menunggu jawaban' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back by the one who sent it', id: 'Ditarik oleh penyampainya' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
