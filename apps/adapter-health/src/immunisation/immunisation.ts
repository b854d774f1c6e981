import {
  Contract,
  FacilityRef,
  ImmunisationGiven,
  Instant,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('Immunisation', { en: 'One vaccination of a child', id: 'Satu imunisasi seorang anak' })
export class Immunisation {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Instant({ en: 'when it was given', id: 'waktu pemberian', group: 'health' })
  givenAt: string;

  @SameAs(ImmunisationGiven)
  child: PersonRef;

  @SameAs(ImmunisationGiven)
  antigen: ImmunisationGiven['antigen'];

  @SameAs(ImmunisationGiven)
  doseNumber?: number;

  @SameAs(ImmunisationGiven)
  kfaCode?: string;

  @SameAs(ImmunisationGiven)
  lot?: string;

  @SameAs(ImmunisationGiven)
  expiry?: string;

  @SameAs(ImmunisationGiven)
  route?: ImmunisationGiven['route'];

  @SameAs(ImmunisationGiven)
  setting: ImmunisationGiven['setting'];

  @SameAs(ImmunisationGiven)
  facility: FacilityRef;

  @Withdrawn()
  withdrawn?: true;
}
