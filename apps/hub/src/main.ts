import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { KafkaBatchServer } from '@simpul/messaging';
import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { readDocuments } from './documents.js';
import { HubModule } from './hub.module.js';
import { readParts } from './parts.js';

const { values } = parseArgs({
  options: { parts: { type: 'string', default: 'all' }, check: { type: 'boolean' } },
});
const parts = readParts(values.parts);
const documents = readDocuments(parts);
await runProcess({
  name: 'hub',
  module: HubModule.register(parts, documents),
  config: loadConfig(ProcessConfig),
  documents,
  ...(parts.includes('registry') && { strategy: (app) => app.get(KafkaBatchServer, { strict: false }) }),
});
