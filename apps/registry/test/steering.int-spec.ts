// Operators' hands on the log, over the API of a registry process that reads from a real broker.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeReceipt } from '@simpul/contracts';
import { loadConfig, type RunningProcess } from '@simpul/process';
import { type PushedMessage, testKeys } from '@simpul/testing';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { RegistryConfig } from '../src/config.js';
import { loadRegistryKeys } from '../src/record/load-registry-keys.js';
import { stateHash } from '../src/record/state-hash.store.js';
import { type Growth, growthMessages } from './ingest-on-trial.js';
import { ask, ProcessRig, TOPIC } from './process-rig.js';

jest.setTimeout(120_000);
const PLACE = `log/${TOPIC}/0`;
const weighing = growthMessages(testKeys('steering'));
const COUNTED = `SELECT coalesce(sum(applied + duplicate + repaired + conflict + dead + waiting), 0)::int AS total
  FROM operations.log_counter`;
const UNBALANCED = `SELECT count(*)::int AS n FROM operations.log_position p WHERE next_offset - first_offset <> (
  SELECT coalesce(sum(applied + duplicate + repaired + conflict + dead + waiting), 0) FROM operations.log_counter c
  WHERE (c.generation, c.topic, c.partition) = (p.generation, p.topic, p.partition))`;

const brokers = process.env['KAFKA_BROKERS']?.split(',') ?? [];
let rig: ProcessRig;
let registry: RunningProcess;
let say: (growth: Growth) => PushedMessage;

async function startRig(): Promise<void> {
  rig = await ProcessRig.start(brokers, 1);
  registry = await rig.registry();
  const recipient = await rig.recipient();
  say = (growth) => weighing({ recipient, ...growth });
}

const counted = (total: number) => rig.until<{ total: number }>(COUNTED, (row) => row.total === total);
const perGeneration = () =>
  rig.rows(`SELECT generation, sum(applied)::int applied, sum(duplicate)::int duplicate, sum(conflict)::int conflict,
    sum(dead)::int dead FROM operations.log_counter GROUP BY 1 ORDER BY 1`);
const letters = () => rig.rows(`SELECT generation, code, "offset"::int FROM operations.dead_letter ORDER BY id`);
const balanced = async () => expect(await rig.rows(UNBALANCED)).toEqual([{ n: 0 }]);
const hashNow = async () => {
  const keys = await loadRegistryKeys(loadConfig(RegistryConfig, rig.environment));
  return (await stateHash(rig.test.database, keys)).hash;
};
const partitionNow = async () => {
  const { body } = await ask(registry, 'log');
  return (body['partitions'] as Record<string, unknown>[])[0];
};
const broken = (message: PushedMessage): PushedMessage => ({ ...message, value: Buffer.from('no envelope') });

describe('a partition', () => {
  beforeAll(startRig);
  afterAll(() => rig.close());

  it('rests while it is paused, also in a process that is started anew, and goes on when it is resumed', async () => {
    await rig.publish([say({ reference: 'a' }), say({ reference: 'b' })]);
    await counted(2);
    expect((await ask(registry, `${PLACE}/pause`, { reason: 'new release' })).status).toBe(200);
    expect(await partitionNow()).toMatchObject({
      nextOffset: '2',
      paused: { reason: 'new release', by: 'kota', wholeTopic: false },
    });
    await registry.close();
    registry = await rig.registry();
    await rig.publish([say({ reference: 'c' })]);
    const lag = await lagOf('1');
    expect(lag).toMatchObject({ lag: '1', nextOffset: '2' });
    await ask(registry, `${PLACE}/resume`, { reason: 'it runs' });
    await counted(3);
    expect(await partitionNow()).not.toHaveProperty('paused');
  });

  it('rests with its whole topic', async () => {
    await ask(registry, `log/${TOPIC}/pause`, { reason: 'all of it' });
    expect(await partitionNow()).toMatchObject({ paused: { wholeTopic: true } });
    const { body } = await ask(registry, `log/${TOPIC}/resume`, { reason: 'done' });
    expect(JSON.stringify(body)).not.toContain('paused');
  });

  it('refuses what it does not know, and orders without a reason', async () => {
    expect((await ask(registry, 'log/simpul.nobody.events.v1/0/pause', { reason: 'x' })).status).toBe(404);
    expect((await ask(registry, `log/${TOPIC}/x/pause`, { reason: 'x' })).status).toBe(404);
    expect((await ask(registry, `${PLACE}/pause`, { reason: '' })).status).toBe(422);
    expect((await ask(registry, `log/${TOPIC}/7/move`, { offset: '0' })).body).toMatchObject({
      code: 'log.no-partition',
    });
    for (const offset of ['3', '4', '99']) {
      expect((await ask(registry, `${PLACE}/move`, { offset })).body).toMatchObject({ code: 'log.offset' });
    }
  });
});

/** The first look of the process at the broker that shows this lag. */
async function lagOf(lag: string): Promise<Record<string, unknown> | undefined> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const partition = await partitionNow();
    if (partition?.['lag'] === lag) return partition;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`No lag of ${lag}`);
}

/** A metric has this value; it is taken every few seconds. */
async function measured(line: string): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const metrics = await (await fetch(`${registry.operatorsUrl}/metrics`)).text();
    if (metrics.includes(line)) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`No ${line}`);
}

/** The consumer itself says that it rests. */
async function obeyed(): Promise<void> {
  for (const end = Date.now() + 2_500; Date.now() < end;) {
    const report = (await (await fetch(`${registry.operatorsUrl}/readyz`)).json()) as {
      checks: { log: { detail: { paused: number } } };
    };
    if (report.checks.log.detail.paused === 1) return;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error('The pause was not obeyed in time');
}

describe('a position', () => {
  beforeAll(startRig);
  afterAll(() => rig.close());

  it('moves back: what is read again is known, dead letters too, and nothing changes', async () => {
    const first = say({ reference: 'a' });
    const conflict = say({ reference: 'a', weightKg: 12 });
    await rig.publish([first, say({ reference: 'b' }), conflict, broken(first), say({ reference: 'c' })]);
    await counted(5);
    const [before, lettersBefore] = [await hashNow(), await letters()];

    const plan = { done: false, generation: 1, from: '5', to: '1', repeated: '4' };
    expect((await ask(registry, `${PLACE}/move`, { offset: '1' })).body).toEqual(plan);
    expect(await partitionNow()).toMatchObject({ generation: 1, nextOffset: '5' });
    expect((await ask(registry, `${PLACE}/move`, { offset: '1', go: true })).body).toEqual({ ...plan, done: true });
    await counted(9);
    expect(await perGeneration()).toEqual([
      { generation: 1, applied: 3, duplicate: 0, conflict: 1, dead: 1 },
      { generation: 2, applied: 0, duplicate: 4, conflict: 0, dead: 0 },
    ]);
    await balanced();
    expect(await hashNow()).toBe(before);
    expect(await letters()).toEqual(lettersBefore);
    const { body } = await ask(registry, 'balance');
    expect(body).toMatchObject({ balanced: true, partitions: [{ closedAt: expect.any(String) }, { generation: 2 }] });
  });

  it('moves ahead: what nobody knows becomes a dead letter, as it came, and the rest is applied', async () => {
    const known = say({ reference: 'b' });
    await ask(registry, `${PLACE}/pause`, { reason: 'a look' });
    await obeyed();
    await rig.publish([say({ reference: 'd' }), known, say({ reference: 'e' }), say({ reference: 'f' })]);
    await lagOf('4');
    const plan = { done: false, generation: 2, from: '5', to: '8', skipped: '3', unknown: '2' };
    expect((await ask(registry, `${PLACE}/move`, { offset: '8' })).body).toEqual(plan);
    expect((await ask(registry, `${PLACE}/move`, { offset: '8', go: true })).body).toEqual({ ...plan, done: true });
    expect(await partitionNow()).toMatchObject({ nextOffset: '5', skipTo: '8' });
    await ask(registry, `${PLACE}/resume`, { reason: 'go on' });
    await counted(13);
    expect((await letters()).slice(2)).toEqual([
      { generation: 2, code: 'event.skipped', offset: 5 },
      { generation: 2, code: 'event.skipped', offset: 7 },
    ]);
    expect(await perGeneration()).toMatchObject([{}, { applied: 1, duplicate: 5, dead: 2 }]);
    const raw = await rig.rows<{ n: number }>(
      `SELECT count(*)::int n FROM operations.dead_letter WHERE code = 'event.skipped' AND octet_length(value) > 200 AND kid IS NOT NULL`,
    );
    expect(raw).toEqual([{ n: 2 }]);
    await balanced();
    expect(await partitionNow()).not.toHaveProperty('skipTo');
  });
});

async function administer(work: (admin: Admin) => Promise<unknown>): Promise<void> {
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await work(admin);
  await admin.disconnect();
}

/** With all that stood in it. */
const removeTopic = (): Promise<void> => administer((admin) => admin.deleteTopics({ topics: [rig.prefix + TOPIC] }));

describe('a log that was made anew', () => {
  const receiptOf = ({ id, digest, topic }: PushedMessage, offset: string) =>
    writeReceipt({ id, digest, topic, partition: 0, offset });
  const statuses = async (receipts: string[]) => {
    const { body } = await ask(registry, 'receipts', { receipts }, 'puskesmas');
    return (body['items'] as { status: string }[]).map(({ status }) => status);
  };
  let old: PushedMessage[];

  beforeAll(async () => {
    await startRig();
    old = [say({ reference: 'a' }), say({ reference: 'b' }), say({ reference: 'a', weightKg: 12 })];
    await rig.publish(old);
    await counted(3);
    await removeTopic();
    await rig.applyTopics(1);
    await rig.publish([say({ reference: 'n' })]);
    await rig.until<{ n: number }>('SELECT count(*)::int n FROM operations.log_halt', ({ n }) => n === 1);
  });
  afterAll(() => rig.close());

  it('halts the partition, says so everywhere, and leaves the process fit', async () => {
    const { body } = await ask(registry, 'balance');
    expect(body).toMatchObject({ partitions: [{ nextOffset: '3', halted: { code: 'diverged' } }] });
    const ready = await fetch(`${registry.operatorsUrl}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ checks: { log: { detail: { degraded: true, halted: 1 } } } });
    await lagOf('0');
    await measured(`simpul_partition_halted{topic="${TOPIC}",partition="0"} 1`);
  });

  it('is adopted by an operator who has looked; what is double is known, and old receipts answer as before', async () => {
    const receipts = old.map((message, offset) => receiptOf(message, String(offset)));
    expect(await statuses(receipts)).toEqual(['applied', 'applied', 'conflict']);
    const [known] = old;
    if (!known) throw new Error('Nothing was published');
    await rig.publish([known]);
    const { body } = await ask(registry, 'log/adopt', {});
    expect(body).toMatchObject({ done: false, partitions: [{ from: '3', low: '0', high: '2' }] });
    expect(body).not.toHaveProperty('partitions.0.lost');
    expect(await perGeneration()).toHaveLength(1);

    await ask(registry, `${PLACE}/adopt`, { go: true });
    await counted(5);
    expect(await perGeneration()).toMatchObject([
      { applied: 2, conflict: 1 },
      { applied: 1, duplicate: 1 },
    ]);
    await balanced();
    expect(await statuses(receipts)).toEqual(['applied', 'applied', 'conflict']);
    expect(await statuses([receiptOf(known, '1'), receiptOf(say({ reference: 'later' }), '2')])).toEqual([
      'duplicate',
      'pending',
    ]);
    expect(await partitionNow()).not.toHaveProperty('halted');
    expect((await ask(registry, 'log/adopt', {})).body).toEqual({ done: false, partitions: [] });
  });

  it('says how many messages were lost when it was cut before they were read', async () => {
    await ask(registry, `${PLACE}/pause`, { reason: 'late' });
    await obeyed();
    await rig.publish([say({ reference: 'p' }), say({ reference: 'q' }), say({ reference: 'r' })]);
    await administer(async (admin) => {
      const topic = rig.prefix + TOPIC;
      await admin.fetchTopicOffsets(topic); // else the client does not know whom to ask
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '4' }] });
    });
    await ask(registry, `${PLACE}/resume`, { reason: 'go on' });
    await rig.until<{ n: number }>('SELECT count(*)::int n FROM operations.log_halt', ({ n }) => n === 1);
    const { body } = await ask(registry, 'log/adopt', {});
    expect(body).toMatchObject({ partitions: [{ generation: 2, from: '2', low: '4', high: '5', lost: '2' }] });
  });
});
