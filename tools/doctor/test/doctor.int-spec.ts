import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@simpul/database';
import { applyTopics } from '@simpul/messaging';
import { loadConfig } from '@simpul/process';
import { topicPrefix } from '@simpul/testing';
import kafkajs from 'kafkajs';
import { RegistryConfig } from '../../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../../apps/registry/src/record/load-registry-keys.js';
import { ownDatabase } from '../../local/own-database.mjs';
import { startPostgres } from '../../local/servers.mjs';
import { examine, type Patient } from '../examine.js';

const prefix = topicPrefix();
const brokers = process.env['KAFKA_BROKERS'] ?? '';
let folder: string;
let patient: Patient;
let owner: Database;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simpul-doctor-'));
  chmodSync(folder, 0o755);
  const archive = join(folder, 'archive');
  // Durable, as in operation: that is what is examined.
  const server = await startPostgres({ durable: true, archive });
  stop = server.stop;
  const { databaseUrl, databaseOwnerUrl: ownerUrl } = await ownDatabase(server.databaseUrl);
  await migrate(ownerUrl);
  owner = new Database({ url: ownerUrl, poolSize: 1 });
  await applyTopics({ brokers: [brokers], topicPrefix: prefix });
  const key = (name: string): string => join(folder, 'keys', name);
  const config = loadConfig(RegistryConfig, {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: prefix,
    REGISTRY_KEYS_FILE: key('registry.jwks'),
    RECORD_ID_KEY_FILE: key('record-id'),
    INDEX_KEY_FILE: key('index'),
    KEK_FILE: key('kek'),
    PAIRWISE_KEY_FILE: key('pairwise'),
  });
  await loadRegistryKeys(config);
  const at = { production: false, issuerUrl: 'http://127.0.0.1:3000/issuer', issuerConsent: false, security: {} };
  patient = { ...at, config, topics: {}, ownerUrl, archive };
});
afterAll(async () => {
  await owner?.close();
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

/** Names of the checks that do not hold. */
async function failing(change: Partial<Patient> = {}): Promise<string[]> {
  const checks = await examine({ ...patient, ...change });
  return checks.filter(({ ok }) => ok !== true).map(({ name }) => name);
}

/** A setting of the server, and back. */
async function withSetting(setting: string, value: string, work: () => Promise<void>): Promise<void> {
  const reload = 'SELECT pg_reload_conf()';
  await owner.pool.query(`ALTER SYSTEM SET ${setting} = ${value}`);
  await owner.pool.query(reload);
  try {
    await work();
  } finally {
    await owner.pool.query(`ALTER SYSTEM RESET ${setting}`);
    await owner.pool.query(reload);
  }
}

describe('an installation as it should be', () => {
  it('passes every check', async () => {
    const checks = await examine(patient);
    expect(checks.filter(({ ok }) => ok !== true)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['clock.kafka', 'clock.postgres', 'postgres.archive', 'kafka.auto-create', 'schema']),
    );
  });
});

describe('the doctor sees', () => {
  it('that commits do not wait for the disk, set for the server or for the role alone', async () => {
    await withSetting('synchronous_commit', 'off', async () => {
      expect(await failing()).toEqual(['postgres.synchronous-commit']);
    });
    await owner.pool.query('ALTER ROLE simpul_app SET synchronous_commit = off');
    expect(await failing()).toEqual(['postgres.synchronous-commit']);
    await owner.pool.query('ALTER ROLE simpul_app RESET synchronous_commit');
    expect(await failing()).toEqual([]);
  });

  it('that fsync or whole pages are off', async () => {
    await withSetting('fsync', 'off', async () => {
      await withSetting('full_page_writes', 'off', async () => {
        expect(await failing()).toEqual(['postgres.fsync', 'postgres.full-page-writes']);
      });
    });
  });

  it('that processes log in as a ruler who owns the tables', async () => {
    const config = Object.assign(new RegistryConfig(), patient.config, { databaseUrl: patient.ownerUrl });
    expect(await failing({ config })).toEqual(['role.power', 'role.ddl']);
  });

  it('that the archive does not take the WAL', async () => {
    rmSync(join(folder, 'archive'), { recursive: true });
    await owner.pool.query('CREATE TABLE public.filler AS SELECT 1; SELECT pg_switch_wal()');
    const end = Date.now() + 30_000;
    let names = await failing();
    while (!names.includes('postgres.archive') && Date.now() < end) names = await failing();
    expect(names).toEqual(expect.arrayContaining(['postgres.archive', `disk ${join(folder, 'archive')}`]));
  });

  it('a topic whose retention somebody lowered', async () => {
    const admin = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const configEntries = [{ name: 'retention.ms', value: '60000' }];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: `${prefix}simpul.health.events.v1`, configEntries }],
    });
    await admin.disconnect();
    expect(await failing()).toEqual(expect.arrayContaining(['kafka.topics simpul.health.events.v1 retention.ms']));
  });

  it('key files that are open, of another shape, or gone, without telling what is in them', async () => {
    const { kekFile, indexKeyFile, recordIdKeyFile } = patient.config;
    chmodSync(kekFile, 0o644);
    writeFileSync(indexKeyFile, 'kunci-rahasia');
    rmSync(recordIdKeyFile);
    const checks = await examine(patient);
    const failed = checks.filter(({ ok, name }) => ok === false && name.startsWith('key '));
    expect(failed.map(({ name }) => name)).toEqual([
      'key RECORD_ID_KEY_FILE',
      'key INDEX_KEY_FILE',
      'key KEK_FILE closed',
    ]);
    expect(JSON.stringify(checks)).not.toContain('rahasia');
  });

  it('servers that do not answer, as failures of their own', async () => {
    const away = { databaseUrl: 'postgres://x@127.0.0.1:1/x', kafkaBrokers: ['127.0.0.1:1'] };
    const config = Object.assign(new RegistryConfig(), patient.config, away);
    expect(await failing({ config })).toEqual(expect.arrayContaining(['postgres', 'kafka']));
  });
});
