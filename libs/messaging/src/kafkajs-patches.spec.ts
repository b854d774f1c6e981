import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';

const require = createRequire(import.meta.url);

type Grouping = (input: {
  topic: string;
  partitionMetadata: unknown[];
  messages: { value: string }[];
  partitioner(): number;
}) => Record<number, unknown[]>;

test('grouping messages per partition takes time in proportion to their number', () => {
  const group = require('kafkajs/src/producer/groupMessagesPerPartition') as Grouping;
  const messages = Array.from({ length: 20_000 }, (_, index) => ({ value: String(index) }));
  const started = performance.now();
  const groups = group({ topic: 't', partitionMetadata: [{}], messages, partitioner: () => 0 });
  // Unpatched, it copies the list for each message: 15 s.
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(groups[0]).toEqual(messages);
});

interface Queue {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: unknown;
  scheduleCheckPendingRequests(): void;
}

test('an idle connection arms no timer', () => {
  const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: object) => Queue;
  const logger = { namespace: () => ({ debug: () => undefined }) };
  const queue = new RequestQueue({ clientId: 'c', broker: 'b', logger, isConnected: () => true });
  queue.scheduleCheckPendingRequests();
  expect(queue.throttleCheckTimeoutId).toBeNull();
});
