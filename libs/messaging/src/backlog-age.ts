import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { codeOf, createClient } from './kafka-client.js';
import type { KafkaSecurity } from './kafka-security.js';
import { SECTOR_TOPICS } from './sector-topics.js';

export interface BacklogOptions {
  brokers: string[];
  groupId: string;
  topicPrefix?: string;
  /** Without prefix; default: the topics of all sectors. */
  topics?: readonly string[];
  clientId?: string;
  security?: KafkaSecurity;
}

/** Fine enough to compare with days of retention, and few questions to the broker. */
const PRECISION = 0.05;
const SHORTEST_MS = 1_000;
const ATTEMPTS = 10;
const PAUSE_MS = 500;
const COORDINATOR_AWAY = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);
const LONGEST_MS = 400 * 86_400_000;

/**
 * How long the oldest message that the group has not yet read has been in each topic, in milliseconds, from the group's
 * committed offsets and the broker's time stamps: up to 5 % too much, at least 1 s while anything is unread, 0 when all is
 * read. Undefined for a topic that does not exist. Topics are named without prefix. Throws when the broker cannot be asked.
 */
export async function backlogAge(options: BacklogOptions): Promise<Record<string, number | undefined>> {
  const { brokers, groupId, security, topicPrefix = '', topics = SECTOR_TOPICS, clientId = 'simpul-backlog' } = options;
  const admin = createClient({ brokers, clientId, security }).admin();
  const ages: Record<string, number | undefined> = {};
  try {
    await admin.connect();
    for (const topic of topics) ages[topic] = await ageOf(admin, groupId, topicPrefix + topic);
    return ages;
  } finally {
    await admin.disconnect();
  }
}

async function ageOf(admin: Admin, groupId: string, topic: string): Promise<number | undefined> {
  try {
    const unread = await findUnread(admin, groupId, topic);
    return unread.size === 0 ? 0 : await measure(admin, topic, unread);
  } catch (error) {
    if (codeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    throw error;
  }
}

/** Partition → first offset not yet read, for partitions that have one. */
async function findUnread(admin: Admin, groupId: string, topic: string): Promise<Map<number, bigint>> {
  const ends = await admin.fetchTopicOffsets(topic);
  const [committed] = await readCommitted(admin, groupId, topic);
  const next = new Map(committed?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  const unread = new Map<number, bigint>();
  for (const { partition, low, high } of ends) {
    const from = next.get(partition) ?? -1n;
    const first = from < BigInt(low) ? BigInt(low) : from;
    if (first < BigInt(high)) unread.set(partition, first);
  }
  return unread;
}

/** Asks again while the group has no coordinator yet, or one that is still reading what it knows, as after the start of a broker. */
async function readCommitted(admin: Admin, groupId: string, topic: string) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admin.fetchOffsets({ groupId, topics: [topic] });
    } catch (error) {
      if (attempt === ATTEMPTS || !COORDINATOR_AWAY.has(codeOf(error))) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/** The broker tells the offset of a time, not the time of an offset: so the time is searched by halving. */
async function measure(admin: Admin, topic: string, unread: Map<number, bigint>): Promise<number> {
  const now = Date.now();
  const hasOlder = async (ageMs: number): Promise<boolean> => {
    const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, Math.round(now - ageMs));
    return offsets.some(({ partition, offset }) => (unread.get(partition) ?? BigInt(offset)) < BigInt(offset));
  };
  let low = SHORTEST_MS;
  if (!(await hasOlder(low))) return low;
  let high = LONGEST_MS;
  while (high / low > 1 + PRECISION) {
    const middle = Math.sqrt(low * high);
    if (await hasOlder(middle)) low = middle;
    else high = middle;
  }
  return Math.round(high);
}
