// Operators' orders, and logs that contradict what was read: on a real broker.
import { hash } from 'node:crypto';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { listLogEnds, readRange } from '@simpul/messaging';
import { KafkaCase, publishAll, texts, TOPIC, until } from './kafka-case.js';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const OTHER = 'simpul.civil.events.v1';
let own: KafkaCase;
jest.setTimeout(90_000);

beforeEach(() => {
  own = new KafkaCase(brokers);
});
afterEach(() => own.close());

const haltOf = (topic: string, partition = 0) => own.standings.get(`${topic}/${partition}`)?.halt;

test('a pause is obeyed within two seconds, and after it reading goes on where it stood', async () => {
  await own.create(1);
  const publisher = await own.publisher();
  const server = own.server();
  await publishAll(publisher, texts(10));
  await until(() => own.seen.length === 10, 'the first ones seen');
  const place = `${TOPIC}/0`;

  own.standings.set(place, { ...own.standings.get(place), isPaused: true });
  await until(() => server.state().paused.length === 1, 'paused', 3_000);
  await publishAll(publisher, texts(10, 10));
  await until(() => server.state().lag === 10, 'the lag is known', 10_000);
  expect(own.seen.length).toBe(10);

  own.standings.set(place, { ...own.standings.get(place), isPaused: false });
  await until(() => own.seen.length === 20, 'all seen', 10_000);
  expect(own.seen).toEqual(texts(20));
});

test('another stretch is read from its own position on', async () => {
  await own.create(1);
  const publisher = await own.publisher();
  const server = own.server();
  await publishAll(publisher, texts(10));
  await until(() => own.seen.length === 10, 'all seen');
  own.positions.set(`${TOPIC}/0`, 4n);
  own.standings.set(`${TOPIC}/0`, { generation: 2 });
  await until(() => own.seen.length === 16, 'read again', 10_000);
  expect(own.seen.slice(10)).toEqual(texts(6, 4));
  expect(server.state().halted).toEqual([]);
});

test('a topic that was deleted and made anew halts where it is read, the others go on, and a restart changes nothing', async () => {
  await own.create(1, [TOPIC, OTHER]);
  const publisher = await own.publisher();
  const server = own.server();
  await publishAll(publisher, texts(5));
  await until(() => own.seen.length === 5, 'the first ones seen');

  await own.remove(TOPIC);
  await own.create(1, [TOPIC, OTHER]);
  const fresh = await own.publisher();
  await publishAll(fresh, texts(3, 100));
  await until(() => haltOf(TOPIC) !== undefined, 'halted and kept', 60_000);
  expect(haltOf(TOPIC)?.code).toBe('diverged');
  await publishAll(fresh, ['elsewhere'], 30_000, OTHER);
  await until(() => own.seen.includes('elsewhere'), 'the other topic goes on');
  expect(own.seen.filter((text) => text.startsWith('m10'))).toEqual([]);

  await server.close();
  const again = own.server();
  await until(() => again.state().halted.length === 1, 'halted after a restart');
  await publishAll(fresh, ['later'], 30_000, OTHER);
  await until(() => own.seen.includes('later'), 'the other topic goes on');
  expect(own.seen.filter((text) => text.startsWith('m10'))).toEqual([]);
});

test('a log of the same length with other messages halts before anything of it is handled', async () => {
  await own.create(1);
  await publishAll(await own.publisher(), texts(10));
  own.positions.set(`${TOPIC}/0`, 6n);
  own.standings.set(`${TOPIC}/0`, { lastHash: hash('sha256', 'what was read here', 'buffer') });
  own.server();
  await until(() => haltOf(TOPIC) !== undefined, 'halted and kept');
  expect(haltOf(TOPIC)).toEqual({
    code: 'diverged',
    reason: 'message 5 is not the one that was read there: this is another log',
  });
  expect(own.seen).toEqual([]);
});

test('the log that was read is read on, and a halt that an operator takes away is looked at anew', async () => {
  await own.create(1);
  await publishAll(await own.publisher(), texts(10));
  own.positions.set(`${TOPIC}/0`, 6n);
  own.standings.set(`${TOPIC}/0`, {
    lastHash: hash('sha256', 'm5', 'buffer'),
    halt: { code: 'diverged', reason: 'seen earlier' },
  });
  const server = own.server();
  await until(() => server.state().halted.length === 1, 'halted as kept');
  own.standings.set(`${TOPIC}/0`, { lastHash: hash('sha256', 'm5', 'buffer') });
  await until(() => own.seen.length === 4, 'read on');
  expect(own.seen).toEqual(texts(4, 6));
  expect(server.state().halted).toEqual([]);
});

test('retention that passes a paused partition is found while it is paused', async () => {
  await own.create(1);
  await publishAll(await own.publisher(), texts(10));
  own.positions.set(`${TOPIC}/0`, 2n);
  own.standings.set(`${TOPIC}/0`, { isPaused: true });
  const server = own.server();
  await until(() => server.state().assigned[0]?.next === '2', 'assigned');
  const partitions = [{ partition: 0, offset: '7' }];
  await own.administer((admin) => admin.deleteTopicRecords({ topic: own.prefix + TOPIC, partitions }));
  await until(() => haltOf(TOPIC) !== undefined, 'halted and kept');
  expect(haltOf(TOPIC)).toEqual({ code: 'gap', reason: 'the log starts at 7, the position is 2' });
  expect(own.seen).toEqual([]);
});

test('a stretch can be looked at beside the consumer, and the ends are those of the broker', async () => {
  await own.create(2);
  const publisher = await own.publisher();
  await publishAll(publisher, texts(40));
  const ends = await listLogEnds({ brokers, topicPrefix: own.prefix, topics: [TOPIC, 'simpul.nowhere'] });
  const high = ends.get(`${TOPIC}/1`)?.high ?? 0n;
  expect((ends.get(`${TOPIC}/0`)?.high ?? 0n) + high).toBe(40n);
  expect(ends.size).toBe(2);
  const looked: bigint[] = [];
  const each = (messages: { offset: bigint }[]) => {
    looked.push(...messages.map(({ offset }) => offset));
    return Promise.resolve();
  };
  await readRange({ brokers, topicPrefix: own.prefix, topic: TOPIC, partition: 1, from: 2n, to: high - 1n, each });
  expect(looked).toEqual(Array.from({ length: Number(high) - 3 }, (_, n) => BigInt(n + 2)));
  const failing = { each: () => Promise.reject(new Error('a fault of the looker')) };
  await expect(
    readRange({ brokers, topicPrefix: own.prefix, topic: TOPIC, partition: 1, from: 2n, to: high, ...failing }),
  ).rejects.toThrow('a fault of the looker');
});
