import type { DynamicModule } from '@nestjs/common';
import { AdapterModule } from '@simpul/adapter-kit';
import { pupilEnrolmentKind } from './pupil-enrolment/pupil-enrolment.kind.js';
import { EducationConfig } from './config.js';

/** The education office pushes the enrolments of pupils here. */
export const EducationAdapterModule = {
  register: (): DynamicModule =>
    AdapterModule.register({ sector: 'education', kinds: [pupilEnrolmentKind], config: EducationConfig }),
};
