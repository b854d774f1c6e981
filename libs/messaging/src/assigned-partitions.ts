import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { BatchContext, BatchVerdict, LogMessage } from './batch-context.js';
import { codeOf } from './kafka-client.js';
import type { MessagingLog } from './messaging-log.js';
import { findEnds, type LogEnds } from './log-ends.js';
import { PartitionReader } from './partition-reader.js';
import type { PartitionsState } from './partitions-state.js';
import type { Positions, StandingOf } from './positions.js';

interface AssignmentOptions {
  kafka: Kafka;
  prefix: string;
  positions: Positions;
  handle(messages: LogMessage[], context: BatchContext): Promise<BatchVerdict>;
  messagesAtOnce: number;
  log: MessagingLog;
}

const AGAIN_MS = 1_000;

/** The partitions that the group gave to this process; each is read only after its position is known. */
export class AssignedPartitions {
  private readers = new Map<string, PartitionReader>();
  private consumer: Consumer | undefined;
  private generation = new AbortController();
  private committing = false;
  private following = false;

  constructor(private readonly options: AssignmentOptions) {}

  /** To be called at the moment of joining, before anything is fetched: fetching waits until positions are read. */
  async assign(consumer: Consumer, assignment: Record<string, number[]>): Promise<void> {
    this.generation.abort();
    this.generation = new AbortController();
    const { signal } = this.generation;
    for (const [topic, partitions] of Object.entries(assignment)) consumer.pause([{ topic, partitions }]);
    const former = [...this.readers.values()];
    this.consumer = consumer;
    this.readers = this.createReaders(consumer, assignment);
    const { readers } = this;
    this.options.log('info', 'consumer.assigned', { count: readers.size });
    await Promise.all(former.map((reader) => reader.suspend()));
    for (const topic of Object.keys(assignment)) void this.begin(topic, ofTopic(readers, topic), signal);
  }

  /** Keeps halts where they survive, and obeys what operators ordered meanwhile. A failure waits for the next time. */
  async follow(): Promise<void> {
    if (this.following) return;
    this.following = true;
    const { readers, generation } = this;
    try {
      await this.keepHalts(readers.values());
      const standingOf = await this.options.positions.read();
      for (const [name, reader] of readers) {
        if (!reader.isOutdated(standingOf(reader.topic, reader.partition))) continue;
        this.options.log('info', 'consumer.begins-anew', { topic: reader.topic, partition: reader.partition });
        void this.beginAnew(name, reader, generation.signal);
      }
    } catch (error) {
      this.options.log('warn', 'consumer.orders-unknown', { code: codeOf(error) });
    } finally {
      this.following = false;
    }
  }

  /** A fetch failed: kafkajs goes on at the old place, in whatever log there is then. */
  doubt(): void {
    for (const reader of this.readers.values()) reader.doubt();
  }

  /** Compares the ends of the log with the positions, also of partitions where nothing comes. */
  async compare(): Promise<void> {
    const { readers } = this;
    const before = new Map([...readers].map(([name, { next }]) => [name, next]));
    const topics = new Set([...readers.values()].map(({ topic }) => this.options.prefix + topic));
    try {
      for (const topic of topics) {
        const ends = await this.endsOf(topic);
        for (const [name, reader] of ofTopic(readers, topic)) this.compareOne(reader, before.get(name), ends);
      }
    } catch (error) {
      this.options.log('warn', 'consumer.ends-unknown', { code: codeOf(error) });
    }
  }

  /** Never throws. */
  async read(payload: EachBatchPayload): Promise<void> {
    const { topic, partition } = payload.batch;
    await this.readers.get(`${topic}/${partition}`)?.read(payload);
  }

  async suspend(): Promise<void> {
    this.generation.abort();
    await Promise.all([...this.readers.values()].map((reader) => reader.suspend()));
  }

  async finish(): Promise<void> {
    this.generation.abort();
    await Promise.all([...this.readers.values()].map((reader) => reader.finish()));
  }

  /** Tells Kafka how far the group is. Others look at it; nothing here relies on it, so a failure waits for the next time. */
  async commit(): Promise<void> {
    const news = [...this.readers.values()].flatMap((reader) =>
      isNews(reader) ? [{ reader, next: reader.next }] : [],
    );
    if (this.committing || news.length === 0 || !this.consumer) return;
    this.committing = true;
    try {
      await this.consumer.commitOffsets(
        news.map(({ reader: { topic, partition }, next }) => ({
          topic: this.options.prefix + topic,
          partition,
          offset: next.toString(),
        })),
      );
      for (const { reader, next } of news) reader.committed = next;
    } catch (error) {
      this.options.log('debug', 'consumer.offsets-not-noted', { code: codeOf(error) });
    } finally {
      this.committing = false;
    }
  }

  state(): PartitionsState {
    const readers = [...this.readers.values()];
    const assigned = readers.map((reader) => ({
      topic: reader.topic,
      partition: reader.partition,
      next: reader.next?.toString(),
      lag: lagOf(reader),
    }));
    const halted = readers.flatMap(({ topic, partition, halted: halt }) =>
      halt ? [{ topic, partition, ...halt }] : [],
    );
    const paused = readers.flatMap(({ topic, partition, isPaused }) => (isPaused ? [{ topic, partition }] : []));
    return { assigned, halted, paused, lag: assigned.reduce((sum, { lag }) => sum + (lag ?? 0), 0) };
  }

  private createReaders(consumer: Consumer, assignment: Record<string, number[]>): Map<string, PartitionReader> {
    const { prefix, handle, messagesAtOnce, log } = this.options;
    const readers = new Map<string, PartitionReader>();
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) {
        const ports = {
          handle,
          messagesAtOnce,
          log,
          pause: () => this.tryTo(() => consumer.pause([{ topic, partitions: [partition] }])),
          resume: () => this.tryTo(() => consumer.resume([{ topic, partitions: [partition] }])),
          seek: (offset: bigint) => this.tryTo(() => consumer.seek({ topic, partition, offset: offset.toString() })),
        };
        readers.set(`${topic}/${partition}`, new PartitionReader(topic.slice(prefix.length), partition, ports));
      }
    }
    return readers;
  }

  private compareOne(reader: PartitionReader, before: bigint | undefined, ends: Map<number, LogEnds>): void {
    const end = ends.get(reader.partition);
    if (end) reader.compare(before, end);
  }

  private async keepHalts(readers: Iterable<PartitionReader>): Promise<void> {
    for (const reader of readers) {
      if (!reader.halted || reader.isHaltKept) continue;
      await this.options.positions.keepHalt(reader, reader.halted);
      reader.isHaltKept = true;
    }
  }

  private async beginAnew(name: string, reader: PartitionReader, signal: AbortSignal): Promise<void> {
    await reader.rest();
    await this.begin(this.options.prefix + reader.topic, new Map([[name, reader]]), signal);
  }

  /** Reads the positions and then the ends of the log until it succeeds or the assignment has changed. In that order: no end is older than its position. */
  private async begin(topic: string, readers: Map<string, PartitionReader>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const standingOf = await this.options.positions.read();
        const ends = await this.endsOf(topic);
        if (signal.aborted) return;
        return beginAll([...readers.values()], standingOf, ends);
      } catch (error) {
        this.options.log('error', 'consumer.position-unknown', { topic, code: codeOf(error) });
        await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async endsOf(topic: string): Promise<Map<number, LogEnds>> {
    const admin = this.options.kafka.admin();
    try {
      await admin.connect();
      return await findEnds(admin, topic);
    } finally {
      await admin.disconnect();
    }
  }

  /** Between two consumers there is nothing to pause or resume; the next assignment starts anew. */
  private tryTo(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.options.log('debug', 'consumer.not-running', { code: codeOf(error) });
    }
  }
}

function beginAll(readers: PartitionReader[], standingOf: StandingOf, ends: Map<number, LogEnds>): void {
  for (const reader of readers) {
    const end = ends.get(reader.partition);
    if (!end) throw new Error(`The broker names no ends of partition ${reader.partition}`);
    reader.begin(standingOf(reader.topic, reader.partition), end);
  }
}

/** `topic` with its prefix, as it stands in the names. */
function ofTopic(readers: Map<string, PartitionReader>, topic: string): Map<string, PartitionReader> {
  return new Map([...readers].filter(([name]) => name.slice(0, name.lastIndexOf('/')) === topic));
}

const isNews = (reader: PartitionReader): reader is PartitionReader & { next: bigint } =>
  reader.next !== undefined && reader.next !== reader.committed;

function lagOf({ next, high }: PartitionReader): number | undefined {
  return next === undefined || high === undefined ? undefined : Math.max(0, Number(high - next));
}
