import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { CivilAdapterModule } from './civil.module.js';

await runProcess({ name: 'adapter-civil', module: CivilAdapterModule.register(), config: loadConfig(ProcessConfig) });
