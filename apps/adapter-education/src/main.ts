import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { EducationConfig } from './config.js';
import { EducationAdapterModule } from './education.module.js';

const config = { ...loadConfig(ProcessConfig), ...loadConfig(EducationConfig) };
await runProcess({ name: 'adapter-education', module: EducationAdapterModule, config });
