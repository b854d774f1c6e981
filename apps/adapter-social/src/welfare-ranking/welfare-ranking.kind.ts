import { defineKind } from '@simpul/adapter-kit';
import { rankingPublished } from '@simpul/contracts';
import { WelfareRanking } from './welfare-ranking.js';
import { toRankingPublished } from './welfare-ranking.to-event.js';

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
      message: {
        reference: 'dtsen-2026Q3-001204',
        revision: 1,
        family: {
          familyCard: '3174091201189001',
        },
        scheme: 'DTSEN',
        version: '2026Q3',
        decile: 1,
        publishedOn: '2026-10-09',
      },
    },
    {
      title: { en: 'Taken back: published by mistake', id: 'Ditarik: keliru diterbitkan' },
      message: {
        reference: 'dtsen-2026Q3-001204',
        revision: 2,
        family: {
          familyCard: '3174091201189001',
        },
        scheme: 'DTSEN',
        version: '2026Q3',
        decile: 1,
        publishedOn: '2026-10-09',
        withdrawn: true,
      },
    },
  ],
});
