import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { SocialConfig } from './config.js';
import { SocialAdapterModule } from './social.module.js';

const config = { ...loadConfig(ProcessConfig), ...loadConfig(SocialConfig) };
await runProcess({ name: 'adapter-social', module: SocialAdapterModule, config });
