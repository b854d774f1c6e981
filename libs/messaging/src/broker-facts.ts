import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { codeOf, createClient } from './kafka-client.js';
import type { TopicOptions } from './topics.js';

/** What the brokers say of themselves. */
export interface BrokerFacts {
  brokers: number;
  /** Does any broker make topics that somebody only asked for? undefined: it does not say. */
  makesTopics: boolean | undefined;
  /** The broker's clock, ms, and ours before and after asking; or the broker's word for why not. */
  clock: { theirs: number; asked: number; answered: number } | { code: string };
}

const { ConfigResourceTypes } = kafkajs;
const CLOCK_TOPIC = 'simpul.doctor.v1';
const ONE_HOUR_MS = '3600000';

/** Asks the brokers. Their clock shows in the append time of a message without content on `simpul.doctor.v1`, which is made for that. */
export async function readBrokerFacts(options: TopicOptions): Promise<BrokerFacts> {
  const { brokers, security, clientId = 'simpul-doctor', topicPrefix = '' } = options;
  const kafka = createClient({ brokers, clientId, security });
  const admin = kafka.admin({ retry: { retries: 5, maxRetryTime: 2_000 } });
  try {
    await admin.connect();
    const { brokers: nodes } = await admin.describeCluster();
    const makesTopics = await findMakesTopics(
      admin,
      nodes.map(({ nodeId }) => String(nodeId)),
    );
    return { brokers: nodes.length, makesTopics, clock: await readClock(kafka, admin, topicPrefix + CLOCK_TOPIC) };
  } finally {
    await admin.disconnect();
  }
}

async function findMakesTopics(admin: Admin, nodes: string[]): Promise<boolean | undefined> {
  const configNames = ['auto.create.topics.enable'];
  const values: (string | undefined)[] = [];
  for (const name of nodes) {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.BROKER, name, configNames }],
    });
    values.push(resources[0]?.configEntries[0]?.configValue);
  }
  if (values.includes('true')) return true;
  return values.every((value) => value === 'false') ? false : undefined;
}

async function readClock(kafka: Kafka, admin: Admin, topic: string): Promise<BrokerFacts['clock']> {
  const producer = kafka.producer({ allowAutoTopicCreation: false, retry: { retries: 10, maxRetryTime: 1_000 } });
  try {
    await makeClockTopic(admin, topic);
    await producer.connect();
    const send = async () => {
      const asked = Date.now();
      const [answer] = await producer.send({ topic, acks: -1, messages: [{ value: null }] });
      return { theirs: Number(answer?.logAppendTime), asked, answered: Date.now() };
    };
    await send(); // the first one also waits for connections and leaders
    return await send();
  } catch (error) {
    return { code: codeOf(error) };
  } finally {
    await producer.disconnect();
  }
}

async function makeClockTopic(admin: Admin, topic: string): Promise<void> {
  const configEntries = [
    { name: 'message.timestamp.type', value: 'LogAppendTime' },
    { name: 'retention.ms', value: ONE_HOUR_MS },
  ];
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: 1, configEntries }] });
}
