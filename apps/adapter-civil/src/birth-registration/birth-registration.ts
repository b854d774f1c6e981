import {
  BirthRegistered,
  Contract,
  Day,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('BirthRegistration', { en: 'A birth was registered', id: 'Kelahiran dicatatkan' })
export class BirthRegistration {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'date of birth', id: 'tanggal lahir', group: 'civil' })
  bornOn: string;

  @SameAs(BirthRegistered)
  child: PersonRef;

  @SameAs(BirthRegistered)
  mother: PersonRef;

  @SameAs(BirthRegistered)
  father?: PersonRef;

  @SameAs(BirthRegistered)
  birthWeightGrams?: number;

  @SameAs(BirthRegistered)
  birthPlace: string;

  @SameAs(BirthRegistered)
  birthOrder: number;

  @SameAs(BirthRegistered)
  certificateNumber?: string;

  @Withdrawn()
  withdrawn?: true;
}
