import { adapterExam } from '@simpul/testing';
import { pupilEnrolmentKind } from '../src/pupil-enrolment/pupil-enrolment.kind.js';
import { EducationAdapterModule } from '../src/education.module.js';

adapterExam({ sector: 'education', module: EducationAdapterModule, kinds: [pupilEnrolmentKind] });
