import {
  BenefitDisbursed,
  Contract,
  Day,
  FamilyRef,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('BenefitDisbursement', { en: 'A benefit was paid out', id: 'Bantuan sosial disalurkan' })
export class BenefitDisbursement {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'date of payment', id: 'tanggal penyaluran', group: 'welfare' })
  disbursedOn: string;

  @SameAs(BenefitDisbursed)
  recipient?: PersonRef;

  @SameAs(BenefitDisbursed)
  family?: FamilyRef;

  @SameAs(BenefitDisbursed)
  programme: string;

  @SameAs(BenefitDisbursed)
  period: string;

  @SameAs(BenefitDisbursed)
  instalment?: number;

  @SameAs(BenefitDisbursed)
  amountRupiah: number;

  @SameAs(BenefitDisbursed)
  channel: BenefitDisbursed['channel'];

  @SameAs(BenefitDisbursed)
  bankReference?: string;

  @Withdrawn()
  withdrawn?: true;
}
