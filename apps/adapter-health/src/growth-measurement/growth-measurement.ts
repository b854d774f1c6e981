import {
  Contract,
  FacilityRef,
  GrowthMeasured,
  Instant,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('GrowthMeasurement', {
  en: 'One weighing and measuring of a child',
  id: 'Satu penimbangan dan pengukuran seorang anak',
})
export class GrowthMeasurement {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Instant({ en: 'when it was measured', id: 'waktu pengukuran', group: 'health' })
  measuredAt: string;

  @SameAs(GrowthMeasured)
  child: PersonRef;

  @SameAs(GrowthMeasured)
  facility: FacilityRef;

  @SameAs(GrowthMeasured)
  weightKg: number;

  @SameAs(GrowthMeasured)
  lengthCm?: number;

  @SameAs(GrowthMeasured)
  position?: GrowthMeasured['position'];

  @SameAs(GrowthMeasured)
  gainedCode?: GrowthMeasured['gainedCode'];

  @SameAs(GrowthMeasured)
  sourceHeightForAgeZ?: number;

  @SameAs(GrowthMeasured)
  muacCm?: number;

  @SameAs(GrowthMeasured)
  headCm?: number;

  @SameAs(GrowthMeasured)
  vitaminA?: boolean;

  @Withdrawn()
  withdrawn?: true;
}
