import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { CivilConfig } from './config.js';
import { CivilAdapterModule } from './civil.module.js';

const config = { ...loadConfig(ProcessConfig), ...loadConfig(CivilConfig) };
await runProcess({ name: 'adapter-civil', module: CivilAdapterModule, config });
