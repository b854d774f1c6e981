import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ServerControl, startKafka } from '../../../tools/local/servers.mjs';
import { KafkaCase, publishAll, texts, until } from './kafka-case.js';

let broker: { server: ServerControl; brokers: string; stop(): Promise<void> };
let own: KafkaCase;

beforeAll(async () => {
  broker = await startKafka({ durable: false });
  own = new KafkaCase([broker.brokers]);
  await own.create();
});
afterAll(async () => {
  await own.close();
  await broker.stop();
});

test('a broker that is killed and comes back loses nothing that was accepted', async () => {
  const publisher = await own.publisher();
  const server = own.server();
  await publishAll(publisher, texts(100));
  await until(() => own.seen.length === 100, 'the first ones seen');

  await broker.server.kill9();
  const [unsure] = await publishAll(publisher, ['unsure'], 300);
  expect(unsure).toEqual({ status: 'retry', reason: 'unsure' });
  const during = publishAll(publisher, texts(200, 100), 60_000);
  await broker.server.start();

  expect((await during).every(({ status }) => status === 'accepted')).toBe(true);
  await until(() => new Set(own.seen.filter((text) => text !== 'unsure')).size === 300, 'all seen', 60_000);
  expect(server.state().halted).toEqual([]);
}, 120_000);
