import {
  Contract,
  Day,
  FamilyRef,
  RankingPublished,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('WelfareRanking', { en: 'The welfare ranking of a family', id: 'Peringkat kesejahteraan sebuah keluarga' })
export class WelfareRanking {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'date of publication', id: 'tanggal terbit', group: 'welfare' })
  publishedOn: string;

  @SameAs(RankingPublished)
  family: FamilyRef;

  @SameAs(RankingPublished)
  scheme: RankingPublished['scheme'];

  @SameAs(RankingPublished)
  version: string;

  @SameAs(RankingPublished)
  decile: number;

  @Withdrawn()
  withdrawn?: true;
}
