import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { applyTopics, backlogAge, checkTopics, partitionOf } from '@simpul/messaging';
import { Kafka, logLevel } from 'kafkajs';
import { KafkaCase, publishAll, texts, TOPIC, until } from './kafka-case.js';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
let own: KafkaCase;
jest.setTimeout(60_000);

beforeEach(async () => {
  own = new KafkaCase(brokers);
  await own.create();
});
afterEach(() => own.close());

test('what is accepted arrives once at the place that was named, zstd and all', async () => {
  const publisher = await own.publisher();
  const places = new Map<string, string>();
  own.server((messages, context) => {
    for (const { offset, value, timestamp, headers } of messages) {
      places.set(`${context.partition}/${offset}`, String(value));
      expect(Math.abs(Date.now() - timestamp)).toBeLessThan(60_000);
      expect(String(headers['content-type'])).toContain('application/cloudevents+json');
    }
    return own.keep(messages, context);
  });
  const values = texts(3_000);
  const outcomes = await publishAll(publisher, values);
  await until(() => own.seen.length >= values.length, 'all seen');
  expect(own.seen.toSorted()).toEqual(values.toSorted());
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status !== 'accepted') throw new Error(outcome.reason);
    expect(outcome.partition).toBe(partitionOf(`m${index}`, 2));
    expect(places.get(`${outcome.partition}/${outcome.offset}`)).toBe(`m${index}`);
  }
  expect(publisher.state()).toMatchObject({ queued: 0, bytes: 0, inFlight: 0 });
});

test('a full queue and a closed publisher say so at once', async () => {
  const publisher = await own.publisher({ maxQueued: 10 });
  const outcomes = await publishAll(publisher, texts(30));
  expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(10);
  expect(outcomes.filter((each) => each.status === 'retry' && each.reason === 'full')).toHaveLength(20);
  const last = publishAll(publisher, texts(5, 30));
  await publisher.close();
  expect((await last).every(({ status }) => status === 'accepted')).toBe(true);
  expect(await publishAll(publisher, ['late'])).toEqual([{ status: 'retry', reason: 'full' }]);
});

test('one owner never gets the whole queue: another finds room while the first is refused', async () => {
  const publisher = await own.publisher({ maxQueued: 100 });
  const send = (owner: string, text: string) =>
    publisher.publish({ topic: TOPIC, key: text, value: Buffer.from(text) }, { deadlineMs: 30_000, owner });
  const greedy = texts(200).map((text) => send('greedy', text));
  const modest = texts(20, 200).map((text) => send('modest', text));
  const accepted = async (all: Promise<{ status: string }>[]) =>
    (await Promise.all(all)).filter(({ status }) => status === 'accepted').length;
  expect([await accepted(greedy), await accepted(modest)]).toEqual([50, 20]);
  expect(await accepted([send('greedy', 'again')])).toBe(1);
});

test('a message too large for the broker is refused, its neighbours are accepted', async () => {
  const publisher = await own.publisher();
  const noise = Buffer.alloc(1_300_000).map(() => Math.floor(Math.random() * 256));
  const giant = publisher.publish({ topic: TOPIC, key: 'm1', value: Buffer.from(noise) });
  const others = await publishAll(publisher, texts(20));
  expect(await giant).toEqual({ status: 'retry', reason: 'refused' });
  expect(others.every(({ status }) => status === 'accepted')).toBe(true);
});

test('a topic that does not exist is refused', async () => {
  const publisher = await own.publisher();
  const outcome = await publisher.publish({ topic: 'simpul.nowhere', key: 'k', value: Buffer.from('v') });
  expect(outcome).toEqual({ status: 'retry', reason: 'refused' });
});

test('a retry verdict and a TypeError bring the same batch again, and nothing is lost', async () => {
  const publisher = await own.publisher();
  let calls = 0;
  own.server((messages, context) => {
    calls += 1;
    if (calls === 1) return { do: 'retry', afterMs: 50 };
    if (calls === 2) throw new TypeError('a fault in the handler');
    return own.keep(messages, context);
  });
  const values = texts(200);
  await publishAll(publisher, values);
  await until(() => own.seen.length >= values.length, 'all seen');
  expect(own.seen.toSorted()).toEqual(values.toSorted());
});

test('reading starts at the position, whatever Kafka remembers', async () => {
  await own.close();
  own = new KafkaCase(brokers);
  await own.create(1);
  const publisher = await own.publisher();
  await publishAll(publisher, texts(10));
  own.positions.set(`${TOPIC}/0`, 6n);
  const server = own.server();
  await until(() => own.seen.length >= 4, 'the rest seen');
  expect(own.seen).toHaveLength(4);
  await server.close();
  own.positions.set(`${TOPIC}/0`, 2n);
  // The hash that was kept is that of another place.
  own.standings.delete(`${TOPIC}/0`);
  own.seen.length = 0;
  own.server();
  await until(() => own.seen.length >= 8, 'read again from the position');
  expect(own.seen).toHaveLength(8);
});

test('a log that ends before the position halts the partition and says why', async () => {
  own.positions.set(`${TOPIC}/0`, 5n);
  const server = own.server();
  await until(() => server.state().halted.length > 0, 'halted');
  expect(server.state().halted).toEqual([
    { topic: TOPIC, partition: 0, code: 'diverged', reason: 'the log ends at 0, before the position 5' },
  ]);
  expect(own.seen).toEqual([]);
});

test('a log that starts after the position halts the partition', async () => {
  const publisher = await own.publisher();
  await publishAll(publisher, texts(20));
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  // Without asking first, kafkajs does not know who leads the partition.
  await admin.fetchTopicOffsets(own.prefix + TOPIC);
  await admin.deleteTopicRecords({ topic: own.prefix + TOPIC, partitions: [{ partition: 0, offset: '3' }] });
  await admin.disconnect();
  own.positions.set(`${TOPIC}/0`, 1n);
  const server = own.server();
  await until(() => server.state().halted.length > 0, 'halted');
  expect(server.state().halted[0]).toMatchObject({ code: 'gap', reason: 'the log starts at 3, the position is 1' });
});

test('a second member takes its share while messages flow, and everything is seen', async () => {
  const publisher = await own.publisher();
  const first = own.server();
  await until(() => first.state().assigned.length === 2, 'first has both');
  const before = publishAll(publisher, texts(500));
  const second = own.server();
  await until(() => first.state().assigned.length === 1 && second.state().assigned.length === 1, 'shared');
  await Promise.all([before, publishAll(publisher, texts(500, 500))]);
  await until(() => new Set(own.seen).size === 1_000, 'all seen');
  await second.close();
  await publishAll(publisher, texts(100, 1_000));
  await until(() => new Set(own.seen).size === 1_100, 'all seen by the one that stays');
  expect(new Set(own.seen)).toEqual(new Set(texts(1_100)));
});

test('the age of the backlog is 0 when all is read, and grows from the oldest unread message', async () => {
  const publisher = await own.publisher();
  const groupId = `${own.prefix}group`;
  const ask = () => backlogAge({ brokers, groupId, topicPrefix: own.prefix, topics: [TOPIC, 'simpul.nowhere'] });
  await publishAll(publisher, texts(10));
  let age = 0;
  while (age <= 1_500) age = (await ask())[TOPIC] ?? 0;
  const server = own.server();
  await until(() => own.seen.length === 10 && server.state().lag === 0, 'all read');
  await server.close();
  expect(await ask()).toEqual({ [TOPIC]: 0, 'simpul.nowhere': undefined });
});

test('a topic without a handler stops the start', () => {
  expect(() => own.server(own.keep, { topics: [TOPIC, 'simpul.civil.events.v1'] })).toThrow(
    'No handler for topic simpul.civil.events.v1',
  );
});

test('topics are created as configured; partitions are raised but never lowered; each difference is named', async () => {
  const topics = ['simpul.civil.events.v1'];
  const options = { brokers, topicPrefix: own.prefix, topics };
  const missing = { topic: topics[0], setting: 'topic', expected: 'exists', actual: undefined };
  expect(await checkTopics(options)).toEqual([missing]);
  expect(await applyTopics(options)).toEqual([]);
  expect(await checkTopics(options)).toEqual([]);
  const raised = { ...options, partitions: 8, retentionMs: 60_000 };
  expect((await checkTopics(raised)).map(({ setting }) => setting)).toEqual(['partitions', 'retention.ms']);
  expect(await applyTopics(raised)).toEqual([]);
  expect(await applyTopics({ ...raised, partitions: 6 })).toEqual([
    { topic: topics[0], setting: 'partitions', expected: '6', actual: '8' },
  ]);
});

test('partitions are raised under load: nothing is lost, and what is new is written to and read within its time', async () => {
  const topicAgeMs = 2_000;
  const publisher = await own.publisher({ topicAgeMs });
  const server = own.server(own.keep, { topicAgeMs });
  await until(() => server.state().assigned.length === 2, 'both assigned');
  const used = new Set<number>();
  const sent: string[] = [];
  const send = async (): Promise<void> => {
    const values = texts(100, sent.length);
    sent.push(...values);
    for (const outcome of await publishAll(publisher, values)) {
      if (outcome.status !== 'accepted') throw new Error(outcome.reason);
      used.add(outcome.partition);
    }
  };
  await send();
  const raised = applyTopics({ brokers, topicPrefix: own.prefix, topics: [TOPIC], partitions: 6 });
  const end = Date.now() + 10 * topicAgeMs;
  while (Date.now() < end && (used.size < 6 || server.state().assigned.length < 6)) await send();
  expect([await raised, [...used].toSorted((a, b) => a - b), server.state().assigned.length]).toEqual([
    [],
    [0, 1, 2, 3, 4, 5],
    6,
  ]);
  await until(() => new Set(own.seen).size === sent.length, 'all seen');
  await until(() => own.positions.size === 6, 'read from all six');
  expect(new Set(own.seen)).toEqual(new Set(sent));
});

test('asking for more copies than a topic has does not change what keeps its messages safe', async () => {
  const options = { brokers, topicPrefix: own.prefix, topics: [TOPIC], partitions: 2 };
  const findings = await applyTopics({ ...options, replication: 3 });
  expect(findings.map(({ setting }) => setting)).toEqual(['replication', 'min.insync.replicas']);
  expect(await checkTopics(options)).toEqual([]);
});
