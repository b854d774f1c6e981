import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { HealthConfig } from './config.js';
import { HealthAdapterModule } from './health.module.js';

const config = { ...loadConfig(ProcessConfig), ...loadConfig(HealthConfig) };
await runProcess({ name: 'adapter-health', module: HealthAdapterModule, config });
