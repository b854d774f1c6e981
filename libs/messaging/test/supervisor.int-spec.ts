// Consumption cannot stop without a word: the consumer is replaced whatever becomes of it.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { TcpProxy } from '@simpul/testing';
import { KafkaCase, publishAll, texts, TOPIC, until } from './kafka-case.js';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const OTHER = 'simpul.civil.events.v1';
let own: KafkaCase;
let proxy: TcpProxy | undefined;
jest.setTimeout(120_000);

beforeEach(() => {
  own = new KafkaCase(brokers);
});
afterEach(async () => {
  await own.close();
  await proxy?.close();
  proxy = undefined;
});

test.each([
  ['a TypeError', () => Promise.reject(new TypeError('a fault'))],
  ['a RangeError', () => Promise.reject(new RangeError('a fault'))],
  // eslint-disable-next-line prefer-promise-reject-errors
  ['nothing', () => Promise.reject(undefined)],
])('a handler that throws %s for one partition stops neither it nor the others', async (_, fail) => {
  await own.create(1, [TOPIC, OTHER]);
  const publisher = await own.publisher();
  let isFaulty = true;
  own.server((messages, context) => (isFaulty && context.topic === TOPIC ? fail() : own.keep(messages, context)));
  await publishAll(publisher, texts(5));
  await publishAll(publisher, ['elsewhere'], 30_000, OTHER);
  await until(() => own.seen.includes('elsewhere'), 'the other goes on');
  expect(own.seen).toEqual(['elsewhere']);
  isFaulty = false;
  await until(() => own.seen.length === 6, 'all seen');
});

test('a consumer that falls silent is replaced, says so, and reads on when the broker is back', async () => {
  await own.create(1);
  const publisher = await own.publisher();
  const [address = ''] = brokers;
  proxy = await TcpProxy.before(address, { speaksKafka: true });
  const events: string[] = [];
  own.server(own.keep, {
    brokers: [proxy.address],
    silenceMs: 4_000,
    log: (_, event) => void events.push(event),
  });
  await publishAll(publisher, texts(5));
  await until(() => own.seen.length === 5, 'the first ones seen');
  proxy.set('stall');
  await publishAll(publisher, texts(5, 5));
  await until(() => events.includes('consumer.silent'), 'the alarm');
  expect(own.seen.length).toBe(5);
  proxy.set('pass');
  await until(() => own.seen.length === 10, 'all seen', 60_000);
});

test('a topic that is deleted and stays away does not stop the others, also over a restart', async () => {
  await own.create(1, [TOPIC, OTHER]);
  const publisher = await own.publisher();
  const server = own.server();
  await publishAll(publisher, texts(5));
  await until(() => own.seen.length === 5, 'the first ones seen');
  await own.remove(TOPIC);
  // A publisher of its own, as each adapter has: that of the deleted topic has no way on.
  const elsewhere = await own.publisher();
  await publishAll(elsewhere, ['after'], 30_000, OTHER);
  await until(() => own.seen.includes('after'), 'the other goes on', 40_000);
  await server.close();
  own.server();
  await publishAll(elsewhere, ['restarted'], 30_000, OTHER);
  await until(() => own.seen.includes('restarted'), 'the other goes on after a restart', 40_000);
  expect(own.seen).toEqual([...texts(5), 'after', 'restarted']);
});
