import {
  Contract,
  Day,
  PersonRef,
  PupilEnrolled,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';

@Contract('PupilEnrolment', { en: 'A pupil is enrolled at a school', id: 'Seorang siswa terdaftar di sekolah' })
export class PupilEnrolment {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Day({ en: 'first day at the school', id: 'hari pertama di sekolah', group: 'education' })
  entryDate: string;

  @SameAs(PupilEnrolled)
  pupil: PersonRef;

  @SameAs(PupilEnrolled)
  schoolNpsn: string;

  @SameAs(PupilEnrolled)
  schoolName?: string;

  @SameAs(PupilEnrolled)
  level: PupilEnrolled['level'];

  @SameAs(PupilEnrolled)
  grade: number;

  @SameAs(PupilEnrolled)
  entryKind: PupilEnrolled['entryKind'];

  @SameAs(PupilEnrolled)
  semester: string;

  @Withdrawn()
  withdrawn?: true;
}
