import { defineEvent } from '../event-type.js';
import { Code, Part, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { FamilyRef } from '../part/family-ref.js';
import { Withdrawn } from '../statement-field.js';

export const RANKING_SCHEMES = {
  DTSEN: { en: 'national single social and economic data', id: 'Data Tunggal Sosial dan Ekonomi Nasional' },
  DTKS: { en: 'former integrated social welfare data', id: 'Data Terpadu Kesejahteraan Sosial (lama)' },
} as const;

@Contract('RankingPublished', {
  en: 'The welfare ranking of a family was published',
  id: 'Peringkat kesejahteraan keluarga diterbitkan',
})
export class RankingPublished {
  @Part(FamilyRef, { en: 'the family', id: 'keluarga', group: 'family' })
  family: FamilyRef;

  @Code({ en: 'scheme', id: 'skema', group: 'welfare', values: RANKING_SCHEMES, example: 'DTSEN' })
  scheme: keyof typeof RANKING_SCHEMES;

  @Code({
    en: 'version: year and quarter',
    id: 'versi: tahun dan triwulan',
    group: 'welfare',
    pattern: /^20[0-9]{2}Q[1-4]$/u,
    max: 6,
    example: '2026Q3',
  })
  version: string;

  @Whole({
    en: 'decile; 1 is the poorest',
    id: 'desil; 1 paling miskin',
    group: 'welfare',
    min: 1,
    max: 10,
    example: 2,
  })
  decile: number;

  @Withdrawn()
  withdrawn?: true;
}

export const rankingPublished = defineEvent({
  sector: 'social',
  name: 'ranking.published',
  classification: 'specific',
  data: RankingPublished,
  subject: ({ family }) => ({ kind: 'family', family, pointer: '/family' }),
  businessKey: ({ scheme, version }) => [scheme, version],
  claims: ({ scheme, version, decile }) => [
    { pointer: '/family', attributes: { welfareRanking: { scheme, version, decile } } },
  ],
  examples: [
    {
      title: { en: 'Quarterly ranking', id: 'Peringkat triwulanan' },
      time: '2026-09-30T17:00:00.000Z',
      data: { family: { familyCard: '3174091201189001' }, scheme: 'DTSEN', version: '2026Q3', decile: 2 },
    },
  ],
});
