import { ACCESS_ENTITIES } from '@simpul/access';
import { assertSchemaVersion, checkEntities, checkSchema, Database, EntityConnection } from '@simpul/database';
import { checkTopics, type KafkaSecurity, readBrokerFacts, type TopicOptions } from '@simpul/messaging';
import { check, type Check, unknown } from '../../apps/registry/src/condition/check.js';
import { diskCheck } from '../../apps/registry/src/condition/disk.check.js';
import { keyFileChecks } from '../../apps/registry/src/condition/key-files.check.js';
import { brokerChecks, productionChecks, topicChecks } from '../../apps/registry/src/condition/log.checks.js';
import {
  archiveCheck,
  clockCheck,
  durabilityChecks,
  serverChecks,
} from '../../apps/registry/src/condition/server.checks.js';
import { readServerFacts } from '../../apps/registry/src/condition/server-facts.store.js';
import type { RegistryConfig } from '../../apps/registry/src/config.js';
import { REGISTRY_ENTITIES } from '../../apps/registry/src/entities.js';
import { findDataFolder } from './data-folder.js';

export interface Patient {
  config: RegistryConfig;
  security: KafkaSecurity;
  issuerUrl: string;
  issuerConsent: boolean;
  production: boolean;
  /** How many partitions and copies are meant. */
  topics: Pick<TopicOptions, 'partitions' | 'replication'>;
  ownerUrl: string | undefined;
  archive: string | undefined;
}

/** Everything that the promises rest on. Never throws: what cannot be asked is a check that fails. */
export async function examine(patient: Patient): Promise<Check[]> {
  const { config, security, production, issuerUrl, issuerConsent } = patient;
  const parts = await Promise.all([
    orFailed('postgres', () => examineDatabase(config.databaseUrl)),
    orFailed('kafka', () => examineLog(patient)),
    orFailed('disk', () => examineDisks(patient)),
  ]);
  const kafkaTls = security.ssl !== undefined;
  return [
    ...parts.flat(),
    ...keyFileChecks(config),
    ...productionChecks({ production, kafkaTls, issuerUrl, issuerConsent }),
  ];
}

async function orFailed(name: string, work: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await work();
  } catch (error) {
    const words = error instanceof Error ? error.message || error.name : String(error);
    return [check(name, false, `cannot be asked: ${words}`, 'See that it runs, and that the settings name it')];
  }
}

async function examineDatabase(url: string): Promise<Check[]> {
  const database = new Database({ url, poolSize: 1 });
  try {
    await database.connect();
    const asked = Date.now();
    const facts = await readServerFacts(database);
    const clock = clockCheck('clock.postgres', facts.now.getTime(), asked, Date.now());
    return [
      ...durabilityChecks(facts),
      archiveCheck(facts),
      ...serverChecks(facts),
      clock,
      ...(await orFailed('schema', () => examineSchema(database, url))),
    ];
  } finally {
    await database.close();
  }
}

async function examineSchema(database: Database, url: string): Promise<Check[]> {
  const entities = new EntityConnection({ url, entities: [...ACCESS_ENTITIES, ...REGISTRY_ENTITIES], poolSize: 1 });
  try {
    await assertSchemaVersion(database);
    const findings = [...(await checkSchema(database)), ...(await checkEntities(entities))];
    const found = findings.length === 0 ? 'as this build needs it' : findings.slice(0, 3).join('; ');
    return [check('schema', findings.length === 0, found, 'npm run db:migrate, then npm run db:check')];
  } finally {
    await entities.close();
  }
}

async function examineLog({ config, security, topics }: Patient): Promise<Check[]> {
  const options = { brokers: config.kafkaBrokers, security, topicPrefix: config.topicPrefix ?? '', ...topics };
  return [...topicChecks(await checkTopics(options)), ...brokerChecks(await readBrokerFacts(options))];
}

async function examineDisks({ config, ownerUrl, archive }: Patient): Promise<Check[]> {
  const data = ownerUrl === undefined ? undefined : await findDataFolder(ownerUrl);
  const folders = [...config.watchedFolders, ...(data === undefined ? [] : [data]), ...(archive ? [archive] : [])];
  const checks = await Promise.all([...new Set(folders)].map((folder) => diskCheck(folder)));
  const todo = 'Watch the disk of the data folder on the computer of the database';
  return data === undefined ? [...checks, unknown('disk of the database', 'on another computer', todo)] : checks;
}
