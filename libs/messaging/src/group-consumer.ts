import type { Consumer, Kafka } from 'kafkajs';

/** What one fetch holds is in memory several times over until its last batch is handled: as received, joined, unpacked. */
const FETCH_BYTES = 4 * 1024 * 1024;
/** Unpacked, enough for a transaction of a thousand events. */
const FETCH_BYTES_PER_PARTITION = 1024 * 1024;
/** As long as new partitions may stay unread; of its own accord kafkajs looks after five minutes. */
const TOPIC_AGE_MS = 30_000;

/** A consumer with the settings that the batch server relies on. `onFailedFetch` is told before the next fetch goes to the same broker; what it seeks holds for that one. */
export function createGroupConsumer(
  kafka: Kafka,
  { groupId, topicAgeMs = TOPIC_AGE_MS }: { groupId: string; topicAgeMs?: number },
  onFailedFetch: () => void,
): Consumer {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 10_000,
    heartbeatInterval: 3_000,
    rebalanceTimeout: 60_000,
    maxBytesPerPartition: FETCH_BYTES_PER_PARTITION,
    maxBytes: FETCH_BYTES,
    minBytes: 1,
    metadataMaxAge: topicAgeMs,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
    // kafkajs counts the failures since it joined and waits longer after each: as long as this when leaders are back.
    retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 20, restartOnFailure: () => Promise.resolve(true) },
  });
  watchFetches(consumer, onFailedFetch);
  return consumer;
}

/** kafkajs itself says nothing of a fetch that failed: its broker is asked again without an answer to the last time. */
function watchFetches(consumer: Consumer, onFailedFetch: () => void): void {
  const asked = new Set<number>();
  consumer.on(consumer.events.FETCH_START, ({ payload: { nodeId } }) => {
    if (asked.has(nodeId)) onFailedFetch();
    asked.add(nodeId);
  });
  consumer.on(consumer.events.FETCH, ({ payload: { nodeId } }) => void asked.delete(nodeId));
}
