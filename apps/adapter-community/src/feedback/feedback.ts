import {
  AreaCode,
  Contract,
  FeedbackSubmitted,
  Instant,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('Feedback', { en: 'A resident said something; anonymous is fine', id: 'Masukan warga; boleh anonim' })
export class Feedback {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Instant({ en: 'when it was submitted', id: 'waktu penyampaian', group: 'community' })
  submittedAt: string;

  @SameAs(FeedbackSubmitted)
  person?: PersonRef;

  @SameAs(FeedbackSubmitted)
  channel: FeedbackSubmitted['channel'];

  @SameAs(FeedbackSubmitted)
  ticket: string;

  @SameAs(FeedbackSubmitted)
  kind: FeedbackSubmitted['kind'];

  @SameAs(FeedbackSubmitted)
  category: FeedbackSubmitted['category'];

  @SameAs(FeedbackSubmitted)
  text: string;

  @SameAs(FeedbackSubmitted)
  area?: AreaCode;

  @SameAs(FeedbackSubmitted)
  rw?: string;

  @SameAs(FeedbackSubmitted)
  rt?: string;

  @Withdrawn()
  withdrawn?: true;
}
