import 'reflect-metadata';
import { KafkaBatchServer } from '@simpul/messaging';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { RegistryModule } from './registry.module.js';

const config = loadConfig(ProcessConfig);
await runProcess({
  name: 'registry',
  module: RegistryModule.register(),
  config,
  strategy: (app) => app.get(KafkaBatchServer, { strict: false }),
});
