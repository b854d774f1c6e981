import type { Admin } from 'kafkajs';
import { codeOf, createClient } from './kafka-client.js';
import type { KafkaSecurity } from './kafka-security.js';
import { SECTOR_TOPICS } from './sector-topics.js';

/** `low`: first offset that the broker still has; `high`: one past the last. */
export interface LogEnds {
  low: bigint;
  high: bigint;
}

export interface LogEndsOptions {
  brokers: string[];
  security?: KafkaSecurity;
  topicPrefix?: string;
  /** Without prefix; default: the topics of all sectors. */
  topics?: readonly string[];
  clientId?: string;
}

/** Ends of each partition by `topic/partition`, topics without prefix; a topic that does not exist is left out. Throws when the broker cannot be asked. */
export async function listLogEnds(options: LogEndsOptions): Promise<Map<string, LogEnds>> {
  const { brokers, security, topicPrefix = '', topics = SECTOR_TOPICS, clientId = 'simpul-log-ends' } = options;
  const admin = createClient({ brokers, clientId, security }).admin();
  try {
    await admin.connect();
    const all = await Promise.all(
      topics.map(async (topic) => ({ topic, ends: await findEnds(admin, topicPrefix + topic) })),
    );
    return new Map(
      all.flatMap(({ topic, ends }) => [...ends].map(([partition, end]) => [`${topic}/${partition}`, end])),
    );
  } finally {
    await admin.disconnect();
  }
}

/** Ends by partition; empty for a topic that does not exist. `topic` with its prefix. */
export async function findEnds(admin: Admin, topic: string): Promise<Map<number, LogEnds>> {
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
  } catch (error) {
    if (codeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return new Map();
    throw error;
  }
}
