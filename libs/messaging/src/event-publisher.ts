import { codeOf, createClient } from './kafka-client.js';
import { partitionOf } from './kafka-partition.js';
import type { KafkaSecurity } from './kafka-security.js';
import { KafkaSender } from './kafka-sender.js';
import type { Entry } from './lane.js';
import { LaneSet } from './lane-set.js';
import { type MessagingLog, silentLog } from './messaging-log.js';
import type { Published } from './published.js';
import { QueueShares } from './queue-shares.js';
import { TopicLobby } from './topic-lobby.js';

export interface PublisherOptions {
  brokers: string[];
  clientId: string;
  security?: KafkaSecurity;
  topicPrefix?: string;
  /** Most messages waiting for an acknowledgement; default 20,000. */
  maxQueued?: number;
  /** Most bytes waiting for an acknowledgement; default 64 MiB. */
  maxQueuedBytes?: number;
  /** New partitions are used after so long at most; default 30 s. */
  topicAgeMs?: number;
  log?: MessagingLog;
}

/** `code`: the broker's or the connection's word for what is wrong. */
export type Reach = { ok: true } | { ok: false; code: string };

export interface PublishRequest {
  /** Without prefix. */
  topic: string;
  key: string;
  value: Buffer;
}

export interface PublishOptions {
  /** Default 12 s. */
  deadlineMs?: number;
  /** Whose message it is: an owner never holds more of the queue than is left free for others. */
  owner?: string;
}

export interface PublisherState {
  queued: number;
  bytes: number;
  lastAckAgeMs: number | undefined;
  inFlight: number;
}

const DEADLINE_MS = 12_000;
const TICK_MS = 100;
/** What kafkajs and the queue keep per message beside its bytes. */
const OVERHEAD_BYTES = 200;

/** Puts events on their topics. `publish` never throws and never says `accepted` without the broker's word for it. */
export class EventPublisher {
  private readonly sender: KafkaSender;
  private readonly lanes: LaneSet;
  private readonly lobby: TopicLobby;
  private readonly prefix: string;
  private readonly log: MessagingLog;
  private readonly shares = new QueueShares();
  private readonly asking = new Map<string, Promise<Reach>>();
  private ticker: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(private readonly options: PublisherOptions) {
    this.log = options.log ?? silentLog;
    this.prefix = options.topicPrefix ?? '';
    this.sender = new KafkaSender(createClient(options));
    this.lobby = new TopicLobby({
      findTopic: (topic) => this.sender.findTopic(topic),
      place: (topic, partitions, entries) => {
        for (const entry of entries) this.lanes.add({ topic, partition: partitionOf(entry.key, partitions) }, entry);
      },
      askAgainMs: options.topicAgeMs,
      log: this.log,
    });
    this.lanes = new LaneSet({
      send: (batches) => this.sender.send(batches),
      groupOf: ({ topic, partition }) => String(this.lobby.leaderOf(topic, partition)),
      onTrouble: (topics) => this.lobby.distrust(topics),
      log: this.log,
    });
  }

  /** Tries to reach the brokers once; without success it goes on trying with each message. Never throws. */
  async connect(): Promise<void> {
    this.startTicking();
    try {
      await this.sender.connect();
    } catch (error) {
      this.log('warn', 'publisher.not-connected', { code: codeOf(error) });
    }
  }

  /** Resolves within the deadline (default 12 s, measured from now). */
  publish(request: PublishRequest, { deadlineMs = DEADLINE_MS, owner }: PublishOptions = {}): Promise<Published> {
    const bytes = request.value.length + request.key.length + OVERHEAD_BYTES;
    if (this.closing || !this.hasRoom(bytes, owner)) return Promise.resolve({ status: 'retry', reason: 'full' });
    this.startTicking();
    if (owner !== undefined) this.shares.add(owner, bytes);
    return new Promise((resolve) => {
      const deadline = performance.now() + deadlineMs;
      const settle = (outcome: Published): void => {
        if (owner !== undefined) this.shares.remove(owner, bytes);
        resolve(outcome);
      };
      this.enter(this.prefix + request.topic, { ...request, bytes, deadline, open: true, settle });
    });
  }

  /** Whether the brokers answer now and have the topic (without prefix). Never rejects; overlapping questions share one answer. */
  reach(topic: string): Promise<Reach> {
    const asked = this.asking.get(topic);
    if (asked) return asked;
    const asking = this.ask(this.prefix + topic).finally(() => this.asking.delete(topic));
    this.asking.set(topic, asking);
    return asking;
  }

  state(): PublisherState {
    const { lastAckAt, inFlight } = this.lanes;
    return {
      queued: this.lanes.queued + this.lobby.queued,
      bytes: this.lanes.bytes + this.lobby.bytes,
      lastAckAgeMs: lastAckAt === undefined ? undefined : Math.round(performance.now() - lastAckAt),
      inFlight,
    };
  }

  /** Takes nothing more, waits for what is under way, and answers what is left after the limit with `unsure`. */
  async close(limitMs = 8_000): Promise<void> {
    this.closing = true;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    const stopped = new Promise<void>((resolve) => {
      limit.signal.addEventListener('abort', () => resolve());
    });
    await Promise.race([this.lobby.whenEmpty().then(() => this.lanes.whenEmpty()), stopped]);
    this.lobby.abandon();
    this.lanes.abandon();
    clearInterval(this.ticker);
    await Promise.race([this.sender.close(), stopped]);
    clearTimeout(timer);
  }

  private async ask(topic: string): Promise<Reach> {
    try {
      return (await this.sender.findTopic(topic)) ? { ok: true } : { ok: false, code: 'UNKNOWN_TOPIC_OR_PARTITION' };
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
  }

  private enter(topic: string, entry: Entry): void {
    const partitions = this.lobby.partitionsOf(topic);
    if (partitions === undefined) this.lobby.wait(topic, entry);
    else this.lanes.add({ topic, partition: partitionOf(entry.key, partitions) }, entry);
  }

  private hasRoom(bytes: number, owner: string | undefined): boolean {
    const { queued, bytes: held } = this.state();
    const { maxQueued = 20_000, maxQueuedBytes = 64 * 1024 * 1024 } = this.options;
    const free = { messages: maxQueued - queued, bytes: maxQueuedBytes - held };
    if (free.messages < 1 || free.bytes < bytes) return false;
    return owner === undefined || this.shares.allow(owner, bytes, free);
  }

  private startTicking(): void {
    this.ticker ??= setInterval(() => {
      this.lobby.tick();
      this.lanes.tick();
    }, TICK_MS).unref();
  }
}
