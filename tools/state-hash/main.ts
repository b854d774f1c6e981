import 'reflect-metadata';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { tellFailure } from '../tell-failure.js';
import { readStateHash } from './read-state-hash.js';

try {
  const { hash, records, revisions } = await readStateHash(loadConfig(RegistryConfig));
  console.log(`${hash}  ${records} records, ${revisions} revisions`);
} catch (error) {
  tellFailure(error);
}
