import 'reflect-metadata';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { CommunityAdapterModule } from './community.module.js';

await runProcess({
  name: 'adapter-community',
  module: CommunityAdapterModule.register(),
  config: loadConfig(ProcessConfig),
});
