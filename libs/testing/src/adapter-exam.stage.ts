import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Sector, topicOf } from '@simpul/contracts';
import { createOpener, type Opened, toPublicJwk } from '@simpul/identifiers';
import { applyTopics } from '@simpul/messaging';
import { type ApiDescription, type AppModule, createApp, Log } from '@simpul/process';
import { TcpProxy } from './tcp-proxy.js';
import { testRegistryKey } from './test-keys.js';
import { TestIssuer } from './test-issuer.js';
import { TopicReader } from './topic-reader.js';
import { topicPrefix } from './topic-prefix.js';

/** All that an adapter needs around it, real but thrown away afterwards. */
export class AdapterStage {
  readonly pseudonymKey = randomBytes(32);
  readonly logged: string[] = [];
  readonly prefix = topicPrefix();
  readonly opener = createOpener([registryKey]);
  private readonly folder = mkdtempSync(join(tmpdir(), 'simpul-exam-'));
  private readonly before = { ...process.env };

  private constructor(
    readonly sector: Sector,
    readonly proxy: TcpProxy,
    readonly issuer: TestIssuer,
    readonly brokers: string[],
  ) {}

  static async build(sector: Sector): Promise<AdapterStage> {
    const brokers = process.env['KAFKA_BROKERS'];
    if (!brokers) throw new Error('KAFKA_BROKERS is not set: run integration specs with npm run test:int');
    const list = brokers.split(',');
    const proxy = await TcpProxy.before(list[0] ?? '', { speaksKafka: true });
    const stage = new AdapterStage(sector, proxy, await TestIssuer.start(), list);
    const topics = [topicOf(sector)];
    await applyTopics({ brokers: list, topicPrefix: stage.prefix, topics, partitions: 3 });
    return stage;
  }

  /** The adapter as it runs, behind the proxy; its configuration comes from the environment as always. */
  async start(module: AppModule, documents: readonly ApiDescription[] = []): Promise<NestFastifyApplication> {
    const file = (name: string, text: string): string => {
      const path = join(this.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    Object.assign(process.env, {
      KAFKA_BROKERS: this.proxy.address,
      TOPIC_PREFIX: this.prefix,
      PUBLISH_DEADLINE_MS: '3000',
      REGISTRY_JWKS: file('registry.json', JSON.stringify({ keys: [toPublicJwk(registryKey)] })),
      [`PSEUDONYM_KEY_FILE_${this.sector.toUpperCase()}`]: file('key', this.pseudonymKey.toString('base64url')),
    });
    const destination = { write: (line: string): unknown => this.logged.push(line) };
    const log = new Log({ name: 'exam', level: 'debug', destination });
    const config = { issuerUrl: this.issuer.url, audience: AUDIENCE };
    return createApp({ name: 'exam', module, config, documents, log });
  }

  reader(): TopicReader {
    return new TopicReader(this.brokers, this.prefix, topicOf(this.sector));
  }

  token(source: string, scope = `push:${this.sector}`): Promise<string> {
    return this.issuer.token({ source, scope, audience: AUDIENCE });
  }

  open(value: Buffer): Opened {
    return this.opener.open(value);
  }

  async close(): Promise<void> {
    process.env = this.before;
    rmSync(this.folder, { recursive: true, force: true });
    await Promise.all([this.proxy.close(), this.issuer.close()]);
  }
}

const registryKey = testRegistryKey('exam-1');
const AUDIENCE = 'urn:simpul:hub';
