import {
  AidDelivered,
  AreaCode,
  Contract,
  Day,
  FacilityRef,
  FamilyRef,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('AidDelivery', { en: 'A partner delivered aid', id: 'Mitra menyalurkan bantuan' })
export class AidDelivery {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'date of delivery', id: 'tanggal penyaluran', group: 'community' })
  deliveredOn: string;

  @SameAs(AidDelivered)
  partner: FacilityRef;

  @SameAs(AidDelivered)
  recipient?: PersonRef;

  @SameAs(AidDelivered)
  family?: FamilyRef;

  @SameAs(AidDelivered)
  area?: AreaCode;

  @SameAs(AidDelivered)
  rw?: string;

  @SameAs(AidDelivered)
  rt?: string;

  @SameAs(AidDelivered)
  kind: AidDelivered['kind'];

  @SameAs(AidDelivered)
  quantity: number;

  @SameAs(AidDelivered)
  unit: AidDelivered['unit'];

  @SameAs(AidDelivered)
  valueRupiah?: number;

  @SameAs(AidDelivered)
  deliveryNote?: string;

  @Withdrawn()
  withdrawn?: true;
}
