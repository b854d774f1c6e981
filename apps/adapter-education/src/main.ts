import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { EducationAdapterModule } from './education.module.js';

await runProcess({
  name: 'adapter-education',
  module: EducationAdapterModule.register(),
  config: loadConfig(ProcessConfig),
});
