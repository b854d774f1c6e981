import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KafkaBatchServer } from '@simpul/messaging';
import { loadConfig, Log, runProcess, type RunningProcess } from '@simpul/process';
import { testDatabase, topicPrefix, type TestDatabase } from '@simpul/testing';
import { UNARCHIVED_CONSENT } from '../src/condition/archive-consent.js';
import { RegistryConfig } from '../src/config.js';
import { loadRegistryKeys } from '../src/record/load-registry-keys.js';
import { RegistryModule } from '../src/registry.module.js';

// The servers of specs have fsync off and no archive: what production must not stand on.
const keys = mkdtempSync(join(tmpdir(), 'simpul-keys-'));
const before = { ...process.env };
let test: TestDatabase;

const configOf = (more: Record<string, string>): RegistryConfig =>
  loadConfig(RegistryConfig, {
    DATABASE_URL: test.url,
    KAFKA_BROKERS: process.env['KAFKA_BROKERS'] ?? '',
    TOPIC_PREFIX: topicPrefix(),
    REGISTRY_KEYS_FILE: join(keys, 'registry.jwks'),
    RECORD_ID_KEY_FILE: join(keys, 'record-id'),
    INDEX_KEY_FILE: join(keys, 'index'),
    KEK_FILE: join(keys, 'kek'),
    PAIRWISE_KEY_FILE: join(keys, 'pairwise'),
    ...more,
  });

const start = (more: Record<string, string> = {}): Promise<RunningProcess> =>
  runProcess({
    name: 'registry',
    module: RegistryModule.register(configOf(more)),
    config: { host: '127.0.0.1', publicPort: 0, operatorsPort: 0, issuerUrl: 'http://issuer.invalid', audience: 'a' },
    strategy: (app) => app.get(KafkaBatchServer, { strict: false }),
    log: new Log({ name: 'registry', level: 'silent' }),
    signals: false,
  });

beforeAll(async () => {
  test = await testDatabase();
  await loadRegistryKeys(configOf({}));
  process.env['NODE_ENV'] = 'production';
  process.env['KAFKA_IN_CLEAR'] = 'I know that Kafka is spoken to in clear';
});
afterAll(async () => {
  for (const name of ['NODE_ENV', 'KAFKA_IN_CLEAR']) {
    delete process.env[name];
    if (before[name] !== undefined) process.env[name] = before[name];
  }
  await test?.drop();
  rmSync(keys, { recursive: true, force: true });
});

describe('a registry in production', () => {
  it('does not start on a database without an archive', async () => {
    await expect(start()).rejects.toThrow('DATABASE_WITHOUT_ARCHIVE');
  });

  it('starts there when told so in words, and is not ready while commits are not durable', async () => {
    const registry = await start({ DATABASE_WITHOUT_ARCHIVE: UNARCHIVED_CONSENT });
    try {
      const answer = await fetch(`${registry.operatorsUrl}/readyz`);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({
        checks: { condition: { ok: false, detail: { failing: expect.stringContaining('postgres.fsync') } } },
      });
      const metrics = await (await fetch(`${registry.operatorsUrl}/metrics`)).text();
      expect(metrics).toContain('simpul_condition_failed{check="postgres.fsync"} 1');
      expect(metrics).not.toContain('check="postgres.archive"');
    } finally {
      await registry.close();
    }
  });
});
