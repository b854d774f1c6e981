import type { Readable } from 'node:stream';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Sector, topicOf } from '@simpul/contracts';
import { createSealer } from '@simpul/identifiers';
import { backlogAge, EventPublisher, type KafkaSecurity } from '@simpul/messaging';
import { developmentKey, type Health, keyBytes, type Log } from '@simpul/process';
import type { AdapterConfig, SectorSettings } from './adapter-config.js';
import { type Answer, answerArray, answerObject, type Voice } from './answer.js';
import { BacklogWatch } from './backlog-watch.js';
import { ClientQuota } from './client-quota.js';
import { readJsonBody } from './json-body.js';
import type { Kind } from './kind.js';
import { LIMITS } from './limits.js';
import type { Outcome } from './outcome.js';
import { RegistryKeys } from './registry-keys.js';
import { HeldRepeats, type Repeats } from './repeats.js';
import { answerStream } from './stream-intake.js';
import { StreamRepeats } from './stream-repeats.js';
import { Submission } from './submission.js';

/** One request, as far as its body does not say it. */
export interface Push {
  kind: Kind;
  /** Whose quota it is charged to. */
  client: string;
  source: string;
  checkOnly: boolean;
  traceparent: string;
  voice: Voice;
}

export interface IntakeParts {
  sector: Sector;
  config: AdapterConfig & SectorSettings;
  security: KafkaSecurity;
  log: Log;
  health: Health;
  count(kind: string, status: Outcome['status']): void;
}

/** Takes what one sector's agencies push, whatever the kind and the form of the body. */
export class Intake implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly keys: RegistryKeys;
  private readonly backlog: BacklogWatch;
  private readonly publisher: EventPublisher;
  private readonly quota: ClientQuota;
  private readonly sealer: ReturnType<typeof createSealer>;
  private readonly stopping = new AbortController();
  private pseudonymKey: Buffer | undefined;

  constructor(private readonly parts: IntakeParts) {
    const { sector, config, security, log } = parts;
    const { brokers, topicPrefix, groupId, retentionDays } = config;
    const topic = topicOf(sector);
    this.keys = new RegistryKeys({
      from: config.registryJwks,
      onFailure: (error) => log.warn('registry-keys.unread', {}, error),
    });
    this.backlog = new BacklogWatch({
      retentionDays,
      ask: async () => (await backlogAge({ brokers, security, groupId, topicPrefix, topics: [topic] }))[topic],
      onFailure: (error) => log.warn('backlog.unread', { topic }, error),
      onOld: (ms) => log.error('backlog.old', { topic, ms }),
    });
    this.publisher = new EventPublisher({
      brokers,
      clientId: `simpul-adapter-${sector}`,
      security,
      topicPrefix,
      log: (level, event, fields) => log[level](event, fields),
    });
    this.quota = new ClientQuota(config, (client) => log.error('quota.reached', { client, topic }));
    this.sealer = createSealer({ recipient: this.keys.current });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { sector, config, health } = this.parts;
    this.pseudonymKey = keyBytes(await developmentKey(config.pseudonymKeyFile));
    health.register(`${sector}-registry-keys`, () => ({ ok: this.keys.isUsable() }));
    health.register(`${sector}-broker`, async () => {
      const reach = await this.publisher.reach(topicOf(sector));
      return reach.ok ? reach : { ok: false, detail: { error: reach.code } };
    });
    health.register(`${sector}-backlog`, () => ({ ok: !this.backlog.isOld }));
    // Neither is waited for: in one process with the registry its keys are there only after the start.
    void this.keys.confirm();
    void this.backlog.look();
    await this.publisher.connect();
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    this.keys.close();
    this.backlog.close();
    await this.publisher.close();
  }

  /** Lets a client's request in; to be called again when the request is over. Throws the 429 problem of a client that has used up its share. */
  enter(client: string, bytes: number): () => void {
    return this.quota.enter(client, bytes);
  }

  /** A JSON body: one object or an array. Throws the problem of a body that cannot be taken at all. */
  async takeJson(push: Push, body: Buffer): Promise<Answer> {
    await this.refuseWhenClosed();
    this.quota.charge(push.client, 0, body.length);
    const read = readJsonBody(body);
    const submission = this.begin(push, new HeldRepeats());
    const values = 'items' in read ? read.items : [read.object];
    this.quota.charge(push.client, values.length, 0);
    const outcomes = await Promise.all(values.map((value) => submission.settle(value)));
    for (const outcome of outcomes) this.parts.count(push.kind.name, outcome.status);
    const [only] = outcomes;
    return 'object' in read && only
      ? answerObject(only, push.voice)
      : answerArray(outcomes, push.checkOnly, push.voice);
  }

  /** An NDJSON body: the lines of its answer. Throws while nothing can be taken; later problems are lines. */
  async takeLines(push: Push, body: Readable): Promise<AsyncGenerator<string>> {
    await this.refuseWhenClosed();
    const { kind, client, source, voice, checkOnly } = push;
    return answerStream(body, {
      submission: this.begin(push, new StreamRepeats()),
      voice,
      checkOnly,
      limits: LIMITS,
      stop: this.stopping.signal,
      pace: (items, bytes, stop) => this.quota.pace(client, items, bytes, stop),
      onOutcome: ({ status }) => this.parts.count(kind.name, status),
      onCut: ({ code }) => this.parts.log.warn('stream.cut', { code, source }),
    });
  }

  private async refuseWhenClosed(): Promise<void> {
    await this.keys.prepare();
    this.keys.current();
    this.backlog.refuseWhenOld();
  }

  private begin({ kind, client, source, checkOnly, traceparent }: Push, repeats: Repeats): Submission {
    const { pseudonymKey } = this;
    if (!pseudonymKey) throw new Error('The intake was not started');
    const { timeZoneOffset, publishDeadlineMs: deadlineMs } = this.parts.config;
    return new Submission({
      kind,
      context: { source, timeZoneOffset, pseudonymKey, traceparent },
      checkOnly,
      repeats,
      outlet: {
        seal: this.sealer.seal,
        publish: (request) => this.publisher.publish(request, { deadlineMs, owner: client }),
      },
    });
  }
}
