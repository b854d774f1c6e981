import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { applyTopics, checkTopics } from '@simpul/messaging';
import { freePort } from '../guarded.mjs';
import { startKafkaNodes } from '../servers.mjs';

let nodes: Awaited<ReturnType<typeof startKafkaNodes>>;

beforeAll(async () => {
  const ports = [];
  for (let node = 0; node < 3; node++) ports.push({ port: await freePort(), controllerPort: await freePort() });
  nodes = await startKafkaNodes({ durable: false }, ports);
}, 120_000);
afterAll(() => nodes.stop());

it('three nodes keep three copies of a topic, two of which must have a message before it counts', async () => {
  const options = { brokers: nodes.brokers, topics: ['copied'], partitions: 3, replication: 3 };
  expect(await applyTopics(options)).toEqual([]);
  expect(await checkTopics({ ...options, replication: 1 })).toEqual([
    { topic: 'copied', setting: 'replication', expected: '1', actual: '3' },
    { topic: 'copied', setting: 'flush.messages', expected: '1', actual: expect.any(String) },
    { topic: 'copied', setting: 'min.insync.replicas', expected: '1', actual: '2' },
  ]);
});
