import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '@simpul/access';
import type { RegistryPrivateKey } from '@simpul/identifiers';
import { applyTopics, EventPublisher, KafkaBatchServer, type Published } from '@simpul/messaging';
import { loadConfig, Log, runProcess, type RunningProcess } from '@simpul/process';
import { testDatabase, type TestDatabase, topicPrefix, type PushedMessage } from '@simpul/testing';
import { RegistryConfig } from '../src/config.js';
import { loadRegistryKeys } from '../src/record/load-registry-keys.js';
import { RegistryModule } from '../src/registry.module.js';

export const TOPIC = 'simpul.health.events.v1';
const FILES = {
  REGISTRY_KEYS_FILE: 'registry.jwks',
  RECORD_ID_KEY_FILE: 'record-id',
  INDEX_KEY_FILE: 'index',
  KEK_FILE: 'kek',
  PAIRWISE_KEY_FILE: 'pairwise',
};

/** Registry processes on a database and topics of their own. */
export class ProcessRig {
  readonly prefix = topicPrefix();
  readonly environment: Record<string, string>;
  private readonly opened: { close(): Promise<void> }[] = [];

  private constructor(
    readonly test: TestDatabase,
    readonly brokers: string[],
    private readonly keyFolder: string,
  ) {
    const files = Object.entries(FILES).map(([name, file]) => [name, join(keyFolder, file)] as const);
    this.environment = {
      DATABASE_URL: test.url,
      KAFKA_BROKERS: this.brokers.join(','),
      TOPIC_PREFIX: this.prefix,
      ...Object.fromEntries(files),
    };
  }

  static async start(brokers: string[], partitions = 2): Promise<ProcessRig> {
    const test = await testDatabase();
    await test.database.pool.query(`INSERT INTO access.source (name, sectors) VALUES ('puskesmas', '{health}')`);
    const rig = new ProcessRig(test, brokers, await mkdtemp(join(tmpdir(), 'simpul-keys-')));
    await rig.applyTopics(partitions);
    return rig;
  }

  async applyTopics(partitions: number): Promise<void> {
    await applyTopics({ brokers: this.brokers, topicPrefix: this.prefix, partitions, replication: 1 });
  }

  async recipient(): Promise<RegistryPrivateKey> {
    const [key] = (await loadRegistryKeys(loadConfig(RegistryConfig, this.environment))).opening;
    if (!key) throw new Error('No registry key');
    return key;
  }

  async registry(): Promise<RunningProcess> {
    const running = await runProcess({
      name: 'registry',
      module: RegistryModule.register(loadConfig(RegistryConfig, this.environment)),
      config: {
        host: '127.0.0.1',
        publicPort: 0,
        operatorsPort: 0,
        issuerUrl: 'http://issuer.invalid',
        audience: 'urn:simpul:hub',
      },
      strategy: (app) => app.get(KafkaBatchServer, { strict: false }),
      verify: (token) => Promise.resolve(JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller),
      log: new Log({ name: 'registry', level: 'silent' }),
      signals: false,
    });
    this.opened.unshift(running);
    return running;
  }

  /** Publishes these in order, to one partition where all have one key. */
  async publish(messages: readonly PushedMessage[]): Promise<Extract<Published, { status: 'accepted' }>[]> {
    const publisher = new EventPublisher({ brokers: this.brokers, clientId: 'spec', topicPrefix: this.prefix });
    await publisher.connect();
    const published = await Promise.all(
      messages.map(({ topic, key, value }) => publisher.publish({ topic, key, value })),
    );
    await publisher.close();
    return published.map((one) => {
      if (one.status !== 'accepted') throw new Error(`Not accepted: ${one.reason}`);
      return one;
    });
  }

  async rows<T extends object>(sql: string): Promise<T[]> {
    return (await this.test.database.pool.query<T>(sql)).rows;
  }

  /** The first answer of the database that holds; asked often, the limit is for failures only. */
  async until<T extends object>(sql: string, holds: (row: T) => boolean, limitMs = 40_000): Promise<T> {
    const end = Date.now() + limitMs;
    for (;;) {
      const [row] = await this.rows<T>(sql);
      if (row && holds(row)) return row;
      if (Date.now() > end) throw new Error(`Not within ${limitMs} ms: ${sql} says ${JSON.stringify(row)}`);
      await new Promise((next) => setTimeout(next, 30));
    }
  }

  async close(): Promise<void> {
    for (const one of this.opened.splice(0)) await one.close();
    await this.test.drop();
    await rm(this.keyFolder, { recursive: true, force: true });
  }
}

/** Asks one registry as a source with all scopes. */
export async function ask(
  { url }: RunningProcess,
  path: string,
  body?: object,
  source = 'kota',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const caller: Caller = { clientId: source, source, scopes: ['operations', 'events:own'] };
  const answer = await fetch(`${url}/registry/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${Buffer.from(JSON.stringify(caller)).toString('base64url')}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
