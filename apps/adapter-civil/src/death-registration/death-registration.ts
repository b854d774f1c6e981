import {
  Contract,
  Day,
  DeathRegistered,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('DeathRegistration', { en: 'A death was registered', id: 'Kematian dicatatkan' })
export class DeathRegistration {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'date of death', id: 'tanggal meninggal', group: 'civil' })
  diedOn: string;

  @SameAs(DeathRegistered)
  person: PersonRef;

  @SameAs(DeathRegistered)
  place?: string;

  @SameAs(DeathRegistered)
  causeGroup?: DeathRegistered['causeGroup'];

  @SameAs(DeathRegistered)
  certificateNumber: string;

  @Withdrawn()
  withdrawn?: true;
}
