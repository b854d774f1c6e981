import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { codeOf, createClient } from './kafka-client.js';
import type { KafkaSecurity } from './kafka-security.js';
import { SECTOR_TOPICS } from './sector-topics.js';

export interface TopicOptions {
  brokers: string[];
  clientId?: string;
  security?: KafkaSecurity;
  topicPrefix?: string;
  /** Without prefix; default: the topics of all sectors. */
  topics?: readonly string[];
  /** Default 6. May be raised later, never lowered. */
  partitions?: number;
  /** Copies of each partition; default 1. With 3, two must have a message before it counts. */
  replication?: number;
  /** Default 14 days. */
  retentionMs?: number;
}

/** One difference between a topic and what it should be. */
export interface TopicFinding {
  /** Without prefix. */
  topic: string;
  setting: string;
  expected: string;
  actual: string | undefined;
}

// Not a named import: plain Node does not see it.
const { ConfigResourceTypes } = kafkajs;

interface TopicState {
  /** 0 when there is no such topic. */
  partitions: number;
  replication: number;
  settings: ReadonlyMap<string, string>;
}

interface Plan {
  prefix: string;
  names: readonly string[];
  partitions: number;
  replication: number;
  settings: Record<string, string>;
}

const FOURTEEN_DAYS_MS = 1_209_600_000;
const LEADERS_MS = 30_000;
const NOT_YET = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/**
 * Creates missing topics, raises the number of partitions and sets the settings; where one differs, settings that somebody
 * added by hand fall back to the broker's defaults. Returns what is different all the same: more partitions than asked for,
 * another replication (then the settings stay as they are). Throws when the broker cannot be asked or refuses.
 */
export async function applyTopics(options: TopicOptions): Promise<TopicFinding[]> {
  return withAdmin(options, async (admin, plan) => {
    for (const name of plan.names) await applyTopic(admin, plan, plan.prefix + name);
    return compareAll(admin, plan);
  });
}

/** Compares the topics with what they should be; changes nothing. Throws when the broker cannot be asked. */
export async function checkTopics(options: TopicOptions): Promise<TopicFinding[]> {
  return withAdmin(options, compareAll);
}

async function withAdmin<T>(options: TopicOptions, work: (admin: Admin, plan: Plan) => Promise<T>): Promise<T> {
  const { brokers, security, clientId = 'simpul-topics' } = options;
  const admin = createClient({ brokers, clientId, security }).admin({ retry: { retries: 5, maxRetryTime: 2_000 } });
  try {
    await admin.connect();
    return await work(admin, toPlan(options));
  } finally {
    await admin.disconnect();
  }
}

function toPlan(options: TopicOptions): Plan {
  const { partitions = 6, replication = 1, retentionMs = FOURTEEN_DAYS_MS } = options;
  return {
    prefix: options.topicPrefix ?? '',
    names: options.topics ?? SECTOR_TOPICS,
    partitions,
    replication,
    settings: {
      'cleanup.policy': 'delete',
      'retention.ms': String(retentionMs),
      'message.timestamp.type': 'LogAppendTime',
      'compression.type': 'producer',
      'unclean.leader.election.enable': 'false',
      // With one copy only the disk keeps what was acknowledged: every message is written through.
      ...(replication === 1 ? { 'flush.messages': '1' } : {}),
      'min.insync.replicas': replication >= 3 ? '2' : '1',
    },
  };
}

async function applyTopic(admin: Admin, plan: Plan, topic: string): Promise<void> {
  const configEntries = Object.entries(plan.settings).map(([name, value]) => ({ name, value }));
  const state = await readTopic(admin, plan, topic);
  const { partitions } = state;
  if (partitions === 0) {
    const { partitions: numPartitions, replication: replicationFactor } = plan;
    // Waiting for leaders is ours: kafkajs gives up where a busy broker does not know its new topic yet.
    await admin.createTopics({
      waitForLeaders: false,
      topics: [{ topic, numPartitions, replicationFactor, configEntries }],
    });
    return untilLed(admin, topic, plan.partitions);
  }
  const differs = Object.entries(plan.settings).some(([name, value]) => state.settings.get(name) !== value);
  // The settings belong to a number of copies: those for three would stop, or weaken, a topic that has one.
  if (differs && state.replication === plan.replication) {
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
  }
  if (partitions >= plan.partitions) return;
  await admin.createPartitions({ topicPartitions: [{ topic, count: plan.partitions }] });
  await untilLed(admin, topic, plan.partitions);
}

/** Waits until so many partitions are there and each has a leader: a broker says so a moment after it took the order. */
async function untilLed(admin: Admin, topic: string, count: number): Promise<void> {
  for (const end = Date.now() + LEADERS_MS; Date.now() < end; await delay(50)) {
    if (await isLed(admin, topic, count)) return;
  }
  throw new Error(`The partitions of ${topic} are not there with their leaders after ${LEADERS_MS / 1_000} s`);
}

async function isLed(admin: Admin, topic: string, count: number): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions ?? [];
    return partitions.length >= count && partitions.every(({ leader }) => leader >= 0);
  } catch (error) {
    if (NOT_YET.has(codeOf(error))) return false;
    throw error;
  }
}

async function compareAll(admin: Admin, plan: Plan): Promise<TopicFinding[]> {
  const findings: TopicFinding[] = [];
  for (const name of plan.names) {
    findings.push(...compare(name, plan, await readTopic(admin, plan, plan.prefix + name)));
  }
  return findings;
}

function compare(topic: string, plan: Plan, state: TopicState): TopicFinding[] {
  if (state.partitions === 0) return [{ topic, setting: 'topic', expected: 'exists', actual: undefined }];
  const pairs: [string, string, string | undefined][] = [
    ['partitions', String(plan.partitions), String(state.partitions)],
    ['replication', String(plan.replication), String(state.replication)],
    ...Object.entries(plan.settings).map(([name, value]): [string, string, string | undefined] => [
      name,
      value,
      state.settings.get(name),
    ]),
  ];
  return pairs.flatMap(([setting, expected, actual]) =>
    expected === actual ? [] : [{ topic, setting, expected, actual }],
  );
}

async function readTopic(admin: Admin, plan: Plan, topic: string): Promise<TopicState> {
  const partitions = await findPartitions(admin, topic);
  if (!partitions) return { partitions: 0, replication: 0, settings: new Map() };
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: Object.keys(plan.settings) }],
  });
  const entries = resources[0]?.configEntries ?? [];
  return {
    partitions: partitions.length,
    replication: partitions[0]?.replicas.length ?? 0,
    settings: new Map(entries.map(({ configName, configValue }) => [configName, configValue])),
  };
}

async function findPartitions(admin: Admin, topic: string): Promise<{ replicas: number[] }[] | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions;
  } catch (error) {
    if (codeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    throw error;
  }
}
