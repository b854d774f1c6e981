import { hash, randomBytes } from 'node:crypto';
import {
  applyTopics,
  type BatchContext,
  type BatchVerdict,
  EventPublisher,
  type Halt,
  KafkaBatchServer,
  type KafkaBatchServerOptions,
  type KafkaSecurity,
  type LogMessage,
  type Standing,
} from '@simpul/messaging';
import { type Admin, Kafka, logLevel } from 'kafkajs';

export const TOPIC = 'simpul.health.events.v1';
type Handler = (messages: LogMessage[], context: BatchContext) => BatchVerdict | Promise<BatchVerdict>;

/** A topic of its own, and all that a test opens on it; `close` ends everything. */
export class KafkaCase {
  readonly prefix = `t${randomBytes(5).toString('hex')}.`;
  readonly positions = new Map<string, bigint>();
  /** What else is known of a partition, by `topic/partition`. */
  readonly standings = new Map<string, Partial<Standing>>();
  readonly seen: string[] = [];
  private topics: readonly string[] = [TOPIC];
  private readonly opened: { close(): Promise<void> }[] = [];

  constructor(
    readonly brokers: string[],
    private readonly security: KafkaSecurity = {},
  ) {}

  async create(partitions = 2, topics: readonly string[] = [TOPIC]): Promise<void> {
    this.topics = topics;
    const { brokers, security, prefix: topicPrefix } = this;
    await applyTopics({ brokers, security, topicPrefix, topics, partitions });
  }

  /** Deletes a topic, with all that stood in it. */
  async remove(topic: string): Promise<void> {
    await this.administer((admin) => admin.deleteTopics({ topics: [this.prefix + topic] }));
  }

  async administer(work: (admin: Admin) => Promise<unknown>): Promise<void> {
    const admin = new Kafka({ brokers: this.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    // Without asking first, kafkajs does not know who leads the partitions.
    await admin.fetchTopicMetadata();
    await work(admin);
    await admin.disconnect();
  }

  async publisher(options: { maxQueued?: number; topicAgeMs?: number } = {}): Promise<EventPublisher> {
    const { brokers, security, prefix: topicPrefix } = this;
    const publisher = new EventPublisher({ brokers, security, topicPrefix, clientId: 'spec', ...options });
    this.opened.unshift(publisher);
    await publisher.connect();
    return publisher;
  }

  server(handler: Handler = this.keep, options: Partial<KafkaBatchServerOptions> = {}): KafkaBatchServer {
    const { brokers, security, prefix: topicPrefix } = this;
    const positions = {
      read: () => Promise.resolve((t: string, p: number) => this.standingOf(`${t}/${p}`)),
      keepHalt: ({ topic: t, partition: p }: { topic: string; partition: number }, halt: Halt) => {
        this.standings.set(`${t}/${p}`, { ...this.standings.get(`${t}/${p}`), halt });
        return Promise.resolve();
      },
    };
    const own = { brokers, security, topicPrefix, positions, groupId: `${this.prefix}group`, clientId: 'spec' };
    const server = new KafkaBatchServer({ ...own, ...options });
    const handleBatch = (messages: LogMessage[], context: unknown) =>
      Promise.resolve(handler(messages, context as BatchContext));
    for (const topic of this.topics) server.addHandler(topic, handleBatch, true);
    let failure: unknown;
    server.listen((error) => {
      failure = error;
    });
    if (failure) throw failure as Error;
    this.opened.unshift(server);
    return server;
  }

  /** A handler as it should be: what it kept and its position move together. */
  readonly keep: Handler = (messages, { topic, partition }) => {
    const next = (messages.at(-1)?.offset ?? -1n) + 1n;
    this.seen.push(...messages.map(({ value }) => String(value)));
    const name = `${topic}/${partition}`;
    this.positions.set(name, next);
    const last = messages.at(-1)?.value ?? '';
    this.standings.set(name, { ...this.standings.get(name), lastHash: hash('sha256', last, 'buffer') });
    return { do: 'applied', next };
  };

  private standingOf(name: string): Standing {
    return { generation: 1, isPaused: false, next: this.positions.get(name), ...this.standings.get(name) };
  }

  async close(): Promise<void> {
    for (const each of this.opened.splice(0)) await each.close();
  }
}

/** Waits until it holds, looking often; the limit is for failures only. */
export async function until(holds: () => boolean, what: string, limitMs = 30_000): Promise<void> {
  const end = Date.now() + limitMs;
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (holds()) return resolve();
      if (Date.now() > end) return reject(new Error(`not within ${limitMs} ms: ${what}`));
      setTimeout(look, 20);
    };
    look();
  });
}

export const texts = (count: number, start = 0): string[] =>
  Array.from({ length: count }, (_, index) => `m${start + index}`);

export async function publishAll(publisher: EventPublisher, values: string[], deadlineMs = 30_000, topic = TOPIC) {
  return Promise.all(
    values.map((text) => publisher.publish({ topic, key: text, value: Buffer.from(text) }, { deadlineMs })),
  );
}
