import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { HealthAdapterModule } from './health.module.js';

await runProcess({ name: 'adapter-health', module: HealthAdapterModule.register(), config: loadConfig(ProcessConfig) });
