import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyTopics, EventPublisher, KafkaBatchServer } from '@simpul/messaging';
import { loadConfig, Log, runProcess, type RunningProcess } from '@simpul/process';
import { testKeys, topicPrefix } from '@simpul/testing';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { RegistryConfig } from '../../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../../apps/registry/src/record/load-registry-keys.js';
import type { RegistryKeys } from '../../../apps/registry/src/record/registry-keys.js';
import { stateHash } from '../../../apps/registry/src/record/state-hash.store.js';
import { RegistryModule } from '../../../apps/registry/src/registry.module.js';
import { growthMessages } from '../../../apps/registry/test/ingest-on-trial.js';
import { readNote } from '../../backup/backup-note.js';
import { takeBackup } from '../../backup/take-backup.js';
import { type ArchivedServer, startArchivedServer } from '../../backup/test/archived-server.js';
import { until } from '../../local/guarded.mjs';
import { startPostgres } from '../../local/servers.mjs';
import { restoreForUse, type RestoreSource } from '../restore.js';

const prefix = topicPrefix();
const brokers = process.env['KAFKA_BROKERS']?.split(',') ?? [];
const weighing = growthMessages(testKeys('reconverge'));
const undo: (() => Promise<unknown>)[] = [];
let server: ArchivedServer;
let keys: RegistryKeys;
let publisher: EventPublisher;
let source: RestoreSource;
let told = 0;

const keyFile = (name: string): string => join(server.folder, 'keys', name);
const configOf = (url: string): RegistryConfig =>
  loadConfig(RegistryConfig, {
    DATABASE_URL: url,
    KAFKA_BROKERS: brokers.join(','),
    TOPIC_PREFIX: prefix,
    REGISTRY_KEYS_FILE: keyFile('registry.jwks'),
    RECORD_ID_KEY_FILE: keyFile('record-id'),
    INDEX_KEY_FILE: keyFile('index'),
    KEK_FILE: keyFile('kek'),
    PAIRWISE_KEY_FILE: keyFile('pairwise'),
  });

const startRegistry = (url: string): Promise<RunningProcess> =>
  runProcess({
    name: 'registry',
    module: RegistryModule.register(configOf(url)),
    config: { host: '127.0.0.1', publicPort: 0, operatorsPort: 0, issuerUrl: 'http://issuer.invalid', audience: 'a' },
    strategy: (app) => app.get(KafkaBatchServer, { strict: false }),
    log: new Log({ name: 'registry', level: 'silent' }),
    signals: false,
  });

async function tell(count: number): Promise<void> {
  const [recipient] = keys.opening;
  if (!recipient) throw new Error('There is no registry key');
  const messages = Array.from({ length: count }, () =>
    weighing({ recipient, reference: `w-${(told += 1)}`, child: { localId: `c-${told % 20}`, name: 'CONTOH' } }),
  );
  const published = await Promise.all(messages.map((message) => publisher.publish(message)));
  expect(published.every(({ status }) => status === 'accepted')).toBe(true);
}

async function rows<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

const untilApplied = (url: string, count: number): Promise<true> =>
  until(
    async () => {
      const text = 'SELECT coalesce(sum(applied), 0)::int AS n FROM operations.log_counter';
      return (await rows<{ n: number }>(url, text))[0]?.n === count || undefined;
    },
    { withinMs: 30_000, what: `${count} applied messages` },
  );

async function hashAt(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await stateHash({ pool: client }, keys)).hash;
  } finally {
    await client.end();
  }
}

/** The backup in a server of its own. */
async function restored(name: string): Promise<string> {
  const dataDir = join(server.folder, name);
  await restoreForUse(source, join(dataDir, 'postgres', 'data'));
  const copy = await startPostgres({ durable: false, dataDir });
  undo.push(copy.stop);
  const url = new URL(copy.databaseUrl);
  url.pathname = '/simpul';
  url.username = 'simpul_app';
  return url.href;
}

beforeAll(async () => {
  server = await startArchivedServer();
  undo.push(server.drop);
  await server.owner.pool.query(`INSERT INTO access.source (name, sectors) VALUES ('puskesmas', '{health}')`);
  await applyTopics({ brokers, topicPrefix: prefix, partitions: 2 });
  keys = await loadRegistryKeys(configOf(server.url));
  publisher = new EventPublisher({ brokers, clientId: 'spec', topicPrefix: prefix });
  await publisher.connect();
  undo.push(() => publisher.close());
  const registry = await startRegistry(server.url);
  undo.push(() => registry.close());
  await tell(60);
  await untilApplied(server.url, 60);
  const { backupUrl, archive, folder } = server;
  const backup = await takeBackup({ url: backupUrl, into: join(folder, 'backups'), archive, keys });
  // What the archive gets from here on is lost with the first server.
  const saved = join(folder, 'saved-archive');
  cpSync(archive, saved, { recursive: true });
  source = { backup, note: readNote(backup), archive: saved };
  await tell(40);
  await untilApplied(server.url, 100);
  await registry.close();
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

describe('a registry on a restored backup', () => {
  it('reads the log again from the stored position and comes to the same state, under a new epoch', async () => {
    const url = await restored('again');
    expect(await hashAt(url)).toBe(source.note.mark.hash);
    const registry = await startRegistry(url);
    try {
      await untilApplied(url, 100);
    } finally {
      await registry.close();
    }
    expect(await hashAt(url)).toBe(await hashAt(server.url));
    const epoch = 'SELECT epoch, n FROM registry.feed_head';
    const [before] = await rows<{ epoch: string; n: string }>(server.url, epoch);
    const [after] = await rows<{ epoch: string; n: string }>(url, epoch);
    expect(after?.n).toBe(before?.n);
    expect(after?.epoch).not.toBe(before?.epoch);
  });

  it('halts, and says so, where the log no longer holds what came after the backup', async () => {
    const url = await restored('late');
    const topic = `${prefix}simpul.health.events.v1`;
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({
      topic,
      partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
    });
    await admin.disconnect();
    const registry = await startRegistry(url);
    try {
      const detail = await until(
        async () => {
          const report = (await (await fetch(`${registry.operatorsUrl}/readyz`)).json()) as {
            checks: { log: { detail?: { halted: number; degraded: boolean } } };
          };
          return report.checks.log.detail?.halted === 2 ? report.checks.log.detail : undefined;
        },
        { withinMs: 30_000, what: 'both partitions halted' },
      );
      expect(detail.degraded).toBe(true);
      expect(await hashAt(url)).toBe(source.note.mark.hash);
    } finally {
      await registry.close();
    }
  });
});
