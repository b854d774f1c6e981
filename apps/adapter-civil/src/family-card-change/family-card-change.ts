import {
  Address,
  Contract,
  Day,
  FamilyChanged,
  FamilyMember,
  FamilyRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('FamilyCardChange', {
  en: 'A family card was issued or changed: the whole roster',
  id: 'Kartu keluarga terbit atau berubah: seluruh anggota',
})
export class FamilyCardChange {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'date of the change', id: 'tanggal perubahan', group: 'civil' })
  changedOn: string;

  @SameAs(FamilyChanged)
  family: FamilyRef;

  @SameAs(FamilyChanged)
  previousFamily?: FamilyRef;

  @SameAs(FamilyChanged)
  members: FamilyMember[];

  @SameAs(FamilyChanged)
  reason: FamilyChanged['reason'];

  @SameAs(FamilyChanged)
  address?: Address;

  @Withdrawn()
  withdrawn?: true;
}
