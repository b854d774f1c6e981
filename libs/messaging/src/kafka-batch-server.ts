import { setTimeout as delay } from 'node:timers/promises';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { lastValueFrom } from 'rxjs';
import { AssignedPartitions } from './assigned-partitions.js';
import { type BatchContext, type BatchVerdict, KAFKA_BATCH, type LogMessage } from './batch-context.js';
import { createGroupConsumer } from './group-consumer.js';
import { codeOf, createClient } from './kafka-client.js';
import type { KafkaSecurity } from './kafka-security.js';
import { type MessagingLog, silentLog } from './messaging-log.js';
import type { PartitionsState } from './partitions-state.js';
import type { Positions } from './positions.js';
import { PresentTopics } from './present-topics.js';

export interface KafkaBatchServerOptions {
  brokers: string[];
  groupId: string;
  clientId: string;
  security?: KafkaSecurity;
  topicPrefix?: string;
  positions: Positions;
  /** Topics (without prefix) that must each have a handler; default: those that have one. */
  topics?: readonly string[];
  /** Batches handled at the same time; default 2. */
  partitionsAtOnce?: number;
  /** Most messages given to a handler in one call; default 2,000. */
  messagesAtOnce?: number;
  /** After so long without a fetch or a heartbeat the consumer is replaced; default 90 s. */
  silenceMs?: number;
  /** New partitions are read after so long at most; default 30 s. */
  topicAgeMs?: number;
  log?: MessagingLog;
}

export interface ConsumerState extends PartitionsState {
  lastFetchAgeMs: number | undefined;
  lastHeartbeatAgeMs: number | undefined;
}

const HOUSEKEEPING_MS = 1_000;
const COMPARE_EACH = 5;
/** kafkajs has stopped without a word before; a healthy consumer fetches or beats every few seconds. */
const SILENCE_MS = 90_000;
const CLOSE_LIMIT_MS = 7_000;
const BUILD_LIMIT_MS = 2_000;

/** Gives whole batches of a partition to the Nest handler of their topic and acts on its verdict. */
export class KafkaBatchServer extends Server implements CustomTransportStrategy {
  override transportId = KAFKA_BATCH;
  private readonly kafka: Kafka;
  private readonly partitions: AssignedPartitions;
  private readonly subscribed: PresentTopics;
  private readonly log: MessagingLog;
  private readonly closing = new AbortController();
  private consumer: Consumer | undefined;
  private building: Promise<void> | undefined;
  private ended = false;
  private lastFetchAt: number | undefined;
  private lastHeartbeatAt: number | undefined;
  private aliveAt = performance.now();
  private housekeeping: NodeJS.Timeout | undefined;
  private ticks = 0;

  constructor(private readonly options: KafkaBatchServerOptions) {
    super();
    this.log = options.log ?? silentLog;
    this.kafka = createClient(options);
    this.subscribed = new PresentTopics(this.kafka, this.log);
    this.partitions = new AssignedPartitions({
      kafka: this.kafka,
      prefix: options.topicPrefix ?? '',
      positions: options.positions,
      handle: (messages, context) => this.handle(messages, context),
      messagesAtOnce: options.messagesAtOnce ?? 2_000,
      log: this.log,
    });
  }

  /** Fails when a topic lacks its one handler. Does not wait for the brokers: it goes on trying, and `state` tells. */
  listen(callback: (error?: unknown) => void): void {
    try {
      this.checkHandlers();
    } catch (error) {
      return callback(error);
    }
    this.housekeeping = setInterval(() => this.keepHouse(), HOUSEKEEPING_MS);
    this.rebuild();
    return callback();
  }

  /** Lets running batches end (within 7 s, then they are told to roll back), notes the offsets, leaves the group. */
  async close(): Promise<void> {
    this.closing.abort();
    clearInterval(this.housekeeping);
    const limit = setTimeout(() => void this.partitions.suspend(), CLOSE_LIMIT_MS);
    await this.partitions.finish();
    clearTimeout(limit);
    await this.partitions.commit();
    await this.drop();
    await Promise.race([this.building, delay(BUILD_LIMIT_MS, undefined, { ref: false })]);
    await this.drop();
  }

  on(): never {
    throw new Error('The batch server has no events to subscribe to: see state()');
  }

  unwrap(): never {
    throw new Error('The batch server keeps its consumer to itself: it replaces it when it fails');
  }

  state(): ConsumerState {
    const now = Math.round(performance.now());
    return {
      ...this.partitions.state(),
      lastFetchAgeMs: this.lastFetchAt === undefined ? undefined : now - this.lastFetchAt,
      lastHeartbeatAgeMs: this.lastHeartbeatAt === undefined ? undefined : now - this.lastHeartbeatAt,
    };
  }

  private topics(): readonly string[] {
    return this.options.topics ?? [...this.messageHandlers.keys()];
  }

  private checkHandlers(): void {
    const topics = this.topics();
    if (topics.length === 0) throw new Error('No handler for any topic');
    for (const topic of topics) {
      const handler = this.messageHandlers.get(topic);
      if (!handler) throw new Error(`No handler for topic ${topic}: its messages would be lost`);
      if (handler.next) throw new Error(`Two handlers for topic ${topic}: a batch can have one verdict only`);
    }
  }

  private rebuild(): void {
    this.building ??= this.build().finally(() => {
      this.building = undefined;
    });
  }

  private async build(): Promise<void> {
    for (let wait = 250; !this.closing.signal.aborted; wait = Math.min(wait * 2, 5_000)) {
      try {
        await this.drop();
        await this.join();
        // It may have ended again before `run` came back.
        if (!this.ended) return;
        throw new Error('The consumer ended while it started');
      } catch (error) {
        this.log('warn', 'consumer.not-joined', { code: codeOf(error), ms: wait });
        await delay(wait, undefined, { signal: this.closing.signal }).catch(() => undefined);
      }
    }
  }

  private async drop(): Promise<void> {
    const { consumer } = this;
    this.consumer = undefined;
    await consumer?.disconnect();
  }

  private async join(): Promise<void> {
    this.aliveAt = performance.now();
    this.ended = false;
    const { topicPrefix = '' } = this.options;
    const topics = await this.subscribed.choose(this.topics().map((topic) => topicPrefix + topic));
    const consumer = createGroupConsumer(this.kafka, this.options, () => this.partitions.doubt());
    this.consumer = consumer;
    this.watch(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.partitionsAtOnce ?? 2,
      eachBatch: (payload: EachBatchPayload) => this.partitions.read(payload),
    });
  }

  private async followTopics(): Promise<void> {
    if (!(await this.subscribed.haveChanged()) || this.building || this.closing.signal.aborted) return;
    void this.partitions.suspend();
    this.rebuild();
  }

  private watch(consumer: Consumer): void {
    const { FETCH, HEARTBEAT, GROUP_JOIN, REBALANCING, CRASH } = consumer.events;
    consumer.on(FETCH, () => {
      this.lastFetchAt = this.aliveAt = performance.now();
    });
    consumer.on(HEARTBEAT, () => {
      this.lastHeartbeatAt = this.aliveAt = performance.now();
    });
    consumer.on(REBALANCING, () => void this.partitions.suspend());
    consumer.on(GROUP_JOIN, ({ payload }) => {
      this.lastHeartbeatAt = this.aliveAt = performance.now();
      if (consumer === this.consumer) void this.partitions.assign(consumer, payload.memberAssignment);
    });
    consumer.on(CRASH, ({ payload }) => this.crashed(consumer, payload));
  }

  private crashed(consumer: Consumer, { error, restart }: { error: Error; restart: boolean }): void {
    if (consumer !== this.consumer) return;
    this.log('warn', 'consumer.crashed', { code: codeOf(error), reason: restart ? 'restarts' : 'ends' });
    void this.partitions.suspend();
    this.ended = !restart;
    if (!restart) this.rebuild();
  }

  private keepHouse(): void {
    void this.partitions.commit();
    void this.partitions.follow();
    if (this.ticks % COMPARE_EACH === 0) {
      void this.partitions.compare();
      void this.followTopics();
    }
    this.ticks += 1;
    const silentMs = Math.round(performance.now() - this.aliveAt);
    if (this.building || this.closing.signal.aborted || silentMs < (this.options.silenceMs ?? SILENCE_MS)) return;
    this.log('error', 'consumer.silent', { ms: silentMs });
    this.rebuild();
  }

  private async handle(messages: LogMessage[], context: BatchContext): Promise<BatchVerdict> {
    const handler = this.messageHandlers.get(context.topic);
    if (!handler) throw new Error(`No handler for topic ${context.topic}`);
    const answer: unknown = await handler(messages, context);
    return lastValueFrom(this.transformToObservable(answer)) as Promise<BatchVerdict>;
  }
}
