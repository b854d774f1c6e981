import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyTopics, EventPublisher, KafkaBatchServer } from '@simpul/messaging';
import { loadConfig, Log, runProcess } from '@simpul/process';
import type { RunningProcess } from '@simpul/process';
import { testDatabase, testKeys, topicPrefix } from '@simpul/testing';
import type { TestDatabase } from '@simpul/testing';
import { RegistryConfig } from '../src/config.js';
import { loadRegistryKeys } from '../src/record/load-registry-keys.js';
import { ReplayStore } from '../src/replay/replay.store.js';
import { RegistryModule } from '../src/registry.module.js';
import { growthMessages } from './ingest-on-trial.js';

const prefix = topicPrefix();
const brokers = process.env['KAFKA_BROKERS']?.split(',') ?? [];
const weighing = growthMessages(testKeys('registry'));
let test: TestDatabase;
let keyFolder: string;
let running: RunningProcess;
let publisher: EventPublisher;

beforeAll(async () => {
  test = await testDatabase();
  await test.database.pool.query(`INSERT INTO access.source (name, sectors) VALUES ('puskesmas', '{health}')`);
  await applyTopics({ brokers, topicPrefix: prefix, partitions: 2, replication: 1 });
  keyFolder = await mkdtemp(join(tmpdir(), 'simpul-keys-'));
  const file = (name: string): string => join(keyFolder, name);
  const config = loadConfig(RegistryConfig, {
    DATABASE_URL: test.url,
    KAFKA_BROKERS: brokers.join(','),
    TOPIC_PREFIX: prefix,
    REGISTRY_KEYS_FILE: file('registry.jwks'),
    RECORD_ID_KEY_FILE: file('record-id'),
    INDEX_KEY_FILE: file('index'),
    KEK_FILE: file('kek'),
    PAIRWISE_KEY_FILE: file('pairwise'),
  });
  running = await runProcess({
    name: 'registry',
    module: RegistryModule.register(config),
    config: {
      host: '127.0.0.1',
      publicPort: 0,
      operatorsPort: 0,
      issuerUrl: 'http://issuer.invalid',
      audience: 'urn:simpul:hub',
    },
    strategy: (app) => app.get(KafkaBatchServer, { strict: false }),
    log: new Log({ name: 'registry', level: 'silent' }),
    signals: false,
  });
  publisher = new EventPublisher({ brokers, clientId: 'spec', topicPrefix: prefix });
  await publisher.connect();
});
afterAll(async () => {
  await publisher?.close();
  await running?.close();
  await test?.drop();
  await rm(keyFolder, { recursive: true, force: true });
});

function keyFiles(): Parameters<typeof loadRegistryKeys>[0] {
  const file = (name: string): string => join(keyFolder, name);
  return {
    registryKeysFile: file('registry.jwks'),
    recordIdKeyFile: file('record-id'),
    indexKeyFile: file('index'),
    kekFile: file('kek'),
    pairwiseKeyFile: file('pairwise'),
  };
}

async function counted(total: number): Promise<Record<string, string>> {
  const until = Date.now() + 30_000;
  for (;;) {
    const { rows } = await test.database.pool.query<Record<string, string>>(
      `SELECT coalesce(sum(applied), 0) applied, coalesce(sum(duplicate), 0) duplicate, coalesce(sum(dead), 0) dead,
         coalesce(sum(waiting), 0) waiting FROM operations.log_counter`,
    );
    const [row] = rows;
    if (row && Object.values(row).reduce((sum, n) => sum + Number(n), 0) >= total) return row;
    if (Date.now() > until) throw new Error(`The registry counted ${JSON.stringify(row)}, not ${total}`);
  }
}

describe('the registry as a process', () => {
  it('applies what stands on a topic, and answers for its key set', async () => {
    const keys = await loadRegistryKeys(keyFiles());
    const [recipient] = keys.opening;
    if (!recipient) throw new Error('No registry key');
    const messages = Array.from({ length: 40 }, (_, n) => weighing({ reference: `w-${n % 30}`, recipient }));
    const published = await Promise.all(
      messages.map(({ topic, key, value }) => publisher.publish({ topic, key, value })),
    );
    expect(new Set(published.map(({ status }) => status))).toEqual(new Set(['accepted']));
    expect(await counted(40)).toEqual({ applied: '30', duplicate: '10', dead: '0', waiting: '0' });
    const answer = await fetch(`${running.url}/registry/v1/keys`);
    expect(await answer.json()).toMatchObject({ keys: [{ kid: recipient.kid }] });
    expect((await fetch(`${running.operatorsUrl}/readyz`)).status).toBe(200);
  });

  it('applies dead letters that an operator lets it try again', async () => {
    const sectors = (list: string) =>
      test.owner.pool.query('UPDATE access.source SET sectors = $1::text[] WHERE name = $2', [list, 'puskesmas']);
    const [recipient] = (await loadRegistryKeys(keyFiles())).opening;
    if (!recipient) throw new Error('No registry key');
    await sectors('{civil}');
    for (let n = 0; n < 20; n++) {
      const { topic, key, value } = weighing({ reference: `late-${n}`, recipient });
      await publisher.publish({ topic, key, value });
    }
    expect(await counted(60)).toMatchObject({ dead: '20' });
    await sectors('{health}');
    const replays = new ReplayStore(test.database);
    const job = await replays.create({ code: 'event.source' }, 'kota');
    const until = Date.now() + 30_000;
    while ((await replays.find(job))?.state === 'running' && Date.now() < until) await counted(60);
    expect(await replays.countOutcomes(job)).toEqual({ applied: 20 });
    expect(await counted(60)).toEqual({ applied: '50', duplicate: '10', dead: '0', waiting: '0' });
  });
});
