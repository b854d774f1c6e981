import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { LogMessage } from './batch-context.js';
import { createClient } from './kafka-client.js';
import type { KafkaSecurity } from './kafka-security.js';
import { toLogMessage } from './log-message.js';

export interface RangeOptions {
  brokers: string[];
  security?: KafkaSecurity;
  topicPrefix?: string;
  clientId?: string;
  /** Without prefix. */
  topic: string;
  partition: number;
  from: bigint;
  /** One past the last; must not lie behind the end of the log. */
  to: bigint;
  /** Gets all messages in order, some at a time. */
  each(messages: LogMessage[]): Promise<void>;
  /** Default 60 s; then it throws. */
  limitMs?: number;
}

/** Looks at a stretch of one partition, beside whoever consumes it. Throws when the broker cannot be asked, and what `each` throws. */
export async function readRange(options: RangeOptions): Promise<void> {
  if (options.from >= options.to) return;
  const { brokers, security, clientId = 'simpul-range', topicPrefix = '', limitMs = 60_000 } = options;
  const kafka = createClient({ brokers, clientId, security });
  const groupId = `${topicPrefix}range-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
  const done = Promise.withResolvers<void>();
  const limit = setTimeout(() => done.reject(new Error(`The stretch was not read within ${limitMs} ms`)), limitMs);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topicPrefix + options.topic], fromBeginning: true });
    await run(consumer, options, done);
    await done.promise;
  } finally {
    clearTimeout(limit);
    await consumer.disconnect();
    await forget(kafka.admin(), groupId);
  }
}

async function run(consumer: Consumer, options: RangeOptions, done: PromiseWithResolvers<void>): Promise<void> {
  const topic = (options.topicPrefix ?? '') + options.topic;
  const { partition, to } = options;
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const others = (payload.memberAssignment[topic] ?? []).filter((one) => one !== partition);
    consumer.pause([{ topic, partitions: others }]);
    consumer.seek({ topic, partition, offset: options.from.toString() });
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => done.reject(payload.error));
  let next = options.from;
  const take = async ({ batch }: EachBatchPayload): Promise<void> => {
    if (batch.partition !== partition) return;
    const all = batch.messages.map(toLogMessage).filter(({ offset }) => offset >= next && offset < to);
    if (all.length > 0) await options.each(all);
    next = (all.at(-1)?.offset ?? next - 1n) + 1n;
    if (next >= to) done.resolve();
  };
  await consumer.run({
    autoCommit: false,
    // What is thrown ends the look, and is the caller's: kafkajs would try for ever.
    eachBatch: (payload) => take(payload).catch((error: unknown) => done.reject(error)),
  });
}

/** The group exists for one look; one that stays behind expires by itself. */
async function forget(admin: ReturnType<ReturnType<typeof createClient>['admin']>, groupId: string): Promise<void> {
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    return;
  } finally {
    await admin.disconnect();
  }
}
