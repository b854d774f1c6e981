import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { CommunityConfig } from './config.js';
import { CommunityAdapterModule } from './community.module.js';

const config = { ...loadConfig(ProcessConfig), ...loadConfig(CommunityConfig) };
await runProcess({ name: 'adapter-community', module: CommunityAdapterModule, config });
