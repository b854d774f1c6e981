import { AdapterModule } from '@simpul/adapter-kit';
import { Module } from '@nestjs/common';
import { EducationConfig } from './config.js';
import { pupilEnrolmentKind } from './pupil-enrolment/pupil-enrolment.kind.js';

@Module({
  imports: [
    AdapterModule.register({
      sector: 'education',
      kinds: [pupilEnrolmentKind],
      config: EducationConfig,
    }),
  ],
})
export class EducationAdapterModule {}
