import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { SocialAdapterModule } from './social.module.js';

await runProcess({ name: 'adapter-social', module: SocialAdapterModule.register(), config: loadConfig(ProcessConfig) });
