import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer, type RecordMetadata } from 'kafkajs';
import { crashPoint } from '@simpul/process';
import { codeOf } from './kafka-client.js';
import type { Place } from './lane.js';
import type { LaneBatch, NamedPlace, SendOutcome } from './lane-set.js';

/** Faults of ours that no repetition cures. */
const REFUSALS = new Set([
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_REQUIRED_ACKS',
  'INVALID_RECORD',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'POLICY_VIOLATION',
]);
const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
const HEADERS = { 'content-type': 'application/cloudevents+json; charset=utf-8' };

export interface TopicShape {
  partitions: number;
  /** Broker id per partition. */
  leaders: ReadonlyMap<number, number>;
}

/**
 * Sends with kafkajs. Its own repetition is off: it forgets partitions whose leader moved meanwhile, and may send to a
 * partition a second time while the first send is still under way.
 */
export class KafkaSender {
  private producer: Promise<Producer> | undefined;
  private readonly sends = new Map<Promise<Producer>, number>();
  private readonly retired = new Set<Promise<Producer>>();

  constructor(private readonly kafka: Kafka) {}

  async connect(): Promise<void> {
    await this.current();
  }

  /** Resolves in every case; a partition that the answer does not name makes the next send start with fresh metadata. */
  async send(batches: LaneBatch[]): Promise<SendOutcome> {
    let producer: Promise<Producer> | undefined;
    try {
      producer = this.current();
      this.sends.set(producer, (this.sends.get(producer) ?? 0) + 1);
      const ready = await producer;
      const sending = ready.sendBatch({
        acks: -1,
        timeout: 10_000,
        compression: CompressionTypes.ZSTD,
        topicMessages: toTopicMessages(batches),
      });
      crashPoint('adapter.sent');
      const answer = await sending;
      const named = answer.flatMap(toNamedPlace);
      if (!batches.every((batch) => named.some((place) => isSamePlace(place, batch)))) this.renew();
      return { ok: true, named };
    } catch (error) {
      return toFailure(error);
    } finally {
      if (producer) await this.finished(producer);
    }
  }

  /** Asks the broker for the partitions of a topic; undefined when there is no such topic. Throws when nobody answers. */
  async findTopic(topic: string): Promise<TopicShape | undefined> {
    const admin = this.kafka.admin({ retry: { retries: 1, maxRetryTime: 300 } });
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const partitions = topics[0]?.partitions ?? [];
      return {
        partitions: partitions.length,
        leaders: new Map(partitions.map((each) => [each.partitionId, each.leader])),
      };
    } catch (error) {
      if (codeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
      throw error;
    } finally {
      await admin.disconnect();
    }
  }

  async close(): Promise<void> {
    const producers = [...this.retired, ...(this.producer ? [this.producer] : [])];
    this.producer = undefined;
    this.retired.clear();
    await Promise.allSettled(producers.map(async (producer) => (await producer).disconnect()));
  }

  private current(): Promise<Producer> {
    this.producer ??= this.start();
    return this.producer;
  }

  private async start(): Promise<Producer> {
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      metadataMaxAge: 60_000,
      retry: { retries: 0 },
    });
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      this.producer = undefined;
      throw error;
    }
  }

  /** kafkajs offers no way to refresh its metadata; a new producer starts with fresh ones. */
  private renew(): void {
    if (this.producer) this.retired.add(this.producer);
    this.producer = undefined;
  }

  private async finished(producer: Promise<Producer>): Promise<void> {
    const left = (this.sends.get(producer) ?? 1) - 1;
    if (left > 0) return void this.sends.set(producer, left);
    this.sends.delete(producer);
    if (this.retired.delete(producer)) await Promise.allSettled([producer.then((each) => each.disconnect())]);
  }
}

function toTopicMessages(batches: LaneBatch[]): { topic: string; messages: Message[] }[] {
  const byTopic = new Map<string, Message[]>();
  for (const { topic, partition, messages } of batches) {
    let list = byTopic.get(topic);
    if (!list) byTopic.set(topic, (list = []));
    for (const { key, value } of messages) list.push({ key, value, partition, headers: HEADERS });
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

function toNamedPlace({ topicName, partition, errorCode, baseOffset }: RecordMetadata): NamedPlace[] {
  if (errorCode !== 0 || baseOffset === undefined) return [];
  return [{ topic: topicName, partition, baseOffset: BigInt(baseOffset) }];
}

function toFailure(error: unknown): SendOutcome {
  const code = codeOf(error);
  if (TOO_LARGE.has(code)) return { ok: false, reason: 'too-large', code };
  return { ok: false, reason: REFUSALS.has(code) ? 'refused' : 'failed', code };
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.partition === b.partition && a.topic === b.topic;
}
