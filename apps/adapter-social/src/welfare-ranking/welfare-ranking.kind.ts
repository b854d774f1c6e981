import { defineKind } from '@simpul/adapter-kit';
import { rankingPublished } from '@simpul/contracts';
import { WelfareRanking } from './welfare-ranking.js';
import { toRankingPublished } from './welfare-ranking.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: WelfareRanking = {
  reference: 'dtsen-2026Q3-001204',
  revision: 1,
  family: {
    familyCard: '3174091201189001',
  },
  scheme: 'DTSEN',
  version: '2026Q3',
  decile: 1,
  publishedOn: '2026-10-09',
};

export const welfareRankingKind = defineKind({
  name: 'welfare-ranking',
  path: 'welfare-rankings',
  en: 'The welfare ranking of a family',
  id: 'Peringkat kesejahteraan sebuah keluarga',
  message: WelfareRanking,
  event: rankingPublished,
  timeField: 'publishedOn',
  toEvent: toRankingPublished,
  examples: [
    {
      title: { en: 'Quarterly ranking', id: 'Peringkat triwulanan' },
      message: {
        reference: 'dtsen-2026Q3-001204',
        family: {
          familyCard: '3174091201189001',
        },
        scheme: 'DTSEN',
        version: '2026Q3',
        decile: 2,
        publishedOn: '2026-10-01',
      },
    },
    {
      title: { en: 'Corrected after an objection', id: 'Diperbaiki setelah sanggahan' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: published by mistake', id: 'Ditarik: keliru diterbitkan' },
      message: { ...takenBack, revision: 2, withdrawn: true },
    },
  ],
});
