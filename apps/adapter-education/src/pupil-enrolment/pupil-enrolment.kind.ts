import { defineKind } from '@simpul/adapter-kit';
import { pupilEnrolled } from '@simpul/contracts';
import { PupilEnrolment } from './pupil-enrolment.js';
import { toPupilEnrolled } from './pupil-enrolment.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: PupilEnrolment = {
  reference: 'dapodik-20261-778121',
  pupil: {
    localId: 'nipd-2217',
    name: 'CONTOH ENAM',
    sex: 'M',
    birthDate: '2018-09-30',
  },
  schoolNpsn: '20109001',
  level: 'SD',
  grade: 2,
  entryKind: 'continued',
  semester: '20261',
  entryDate: '2025-07-14',
};

export const pupilEnrolmentKind = defineKind({
  name: 'pupil-enrolment',
  path: 'pupil-enrolments',
  en: 'A pupil is enrolled at a school',
  id: 'Seorang siswa terdaftar di sekolah',
  message: PupilEnrolment,
  event: pupilEnrolled,
  timeField: 'entryDate',
  toEvent: toPupilEnrolled,
  examples: [
    {
      title: { en: 'A first-grader with NIK and NISN', id: 'Siswa kelas satu dengan NIK dan NISN' },
      message: {
        reference: 'dapodik-20261-778120',
        pupil: {
          identifiers: [
            {
              system: 'https://fhir.kemkes.go.id/id/nik',
              value: '3174095103199001',
            },
            {
              system: 'urn:id:kemendikdasmen:nisn',
              value: '0190009001',
            },
          ],
          name: 'CONTOH LIMA',
          sex: 'F',
          birthDate: '2019-03-11',
        },
        schoolNpsn: '20109001',
        schoolName: 'SDN Contoh 05',
        level: 'SD',
        grade: 1,
        entryKind: 'new',
        semester: '20261',
        entryDate: '2026-07-13',
      },
    },
    {
      title: { en: "A pupil known only by the school's own id", id: 'Siswa yang hanya dikenal dengan nomor sekolah' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: the pupil did not come', id: 'Ditarik: siswa tidak jadi masuk' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
