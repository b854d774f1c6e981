import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type LaneBatch, LaneSet, type NamedPlace, type SendOutcome } from './lane-set.js';
import type { Published } from './published.js';

const PARTITIONS = 3;
type Fate = 'named' | 'lost-answer' | 'one-missing' | 'too-large' | 'refused' | 'throws';

/** A broker that keeps a log per partition and answers as it is told; it settles a send only when asked to. */
class ScriptedBroker {
  readonly logs = new Map<number, string[]>();
  readonly named = new Map<string, string>();
  private readonly busy = new Set<number>();
  private readonly open: (() => void)[] = [];
  overlaps = 0;
  largest = 0;

  constructor(
    private readonly fates: Fate[],
    private readonly maxMessages = Infinity,
  ) {}

  readonly send = (batches: LaneBatch[]): Promise<SendOutcome> =>
    new Promise((resolve, reject) => {
      for (const { partition, messages } of batches) {
        if (this.busy.has(partition)) this.overlaps += 1;
        this.busy.add(partition);
        this.largest = Math.max(this.largest, messages.length);
      }
      this.open.push(() => {
        for (const { partition } of batches) this.busy.delete(partition);
        this.settle(batches, this.fates.shift() ?? 'named', resolve, reject);
      });
    });

  settleOne(index: number): boolean {
    const [settle] = this.open.splice(index % Math.max(1, this.open.length), 1);
    settle?.();
    return settle !== undefined;
  }

  private settle(batches: LaneBatch[], fate: Fate, resolve: (o: SendOutcome) => void, reject: (e: Error) => void) {
    if (fate === 'throws') return reject(new Error('socket'));
    if (fate === 'refused') return resolve({ ok: false, reason: 'refused', code: 'INVALID_TIMESTAMP' });
    if (fate === 'too-large' || batches.some(({ messages }) => messages.length > this.maxMessages))
      return resolve({ ok: false, reason: 'too-large', code: 'MESSAGE_TOO_LARGE' });
    const kept = (fate === 'one-missing' ? batches.slice(1) : batches).map((batch) => this.append(batch));
    if (fate === 'lost-answer') return resolve({ ok: false, reason: 'failed', code: 'REQUEST_TIMED_OUT' });
    for (const place of kept) this.name(place);
    resolve({ ok: true, named: kept });
  }

  /** The answer vouches for all that the log holds from the base offset on. */
  private name({ partition, baseOffset }: NamedPlace): void {
    const log = this.logs.get(partition) ?? [];
    for (let at = Number(baseOffset); at < log.length; at++) this.named.set(`${partition}/${at}`, log[at] ?? '');
  }

  private append({ topic, partition, messages }: LaneBatch): NamedPlace {
    const log = this.logs.get(partition) ?? [];
    const baseOffset = BigInt(log.length);
    log.push(...messages.map(({ value }) => value.toString()));
    this.logs.set(partition, log);
    return { topic, partition, baseOffset };
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function createLanes(broker: ScriptedBroker, clock: { now: number }) {
  return new LaneSet({ send: broker.send, now: () => clock.now, defer: (work) => queueMicrotask(work) });
}

function put(lanes: LaneSet, partition: number, text: string, { deadline = 1e12, bytes = 100 } = {}) {
  const outcome: { value?: Published } = {};
  const settle = (value: Published) => {
    if (outcome.value) throw new Error('answered twice');
    outcome.value = value;
  };
  lanes.add({ topic: 't', partition }, { key: 'k', value: Buffer.from(text), bytes, deadline, open: true, settle });
  return outcome;
}

/** Settles sends until nothing is left; time passes so that lanes which rest go on. */
async function run(lanes: LaneSet, broker: ScriptedBroker, clock: { now: number }, order: () => number) {
  for (let step = 0; lanes.queued > 0; step++) {
    if (step > 5_000) throw new Error('does not come to an end');
    await turn();
    if (!broker.settleOne(order())) clock.now += 500;
    await turn();
    lanes.tick();
  }
}

/** The order of first arrivals in the log: repetitions do not count. */
const firsts = (log: string[] = []) => [...new Set(log)];

describe('whatever the broker answers', () => {
  const fate = fc.constantFrom<Fate>('named', 'lost-answer', 'one-missing', 'too-large', 'refused', 'throws');

  test('accepted is named, lanes never overlap, order is kept, nothing is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(PARTITIONS - 1), { minLength: 1, maxLength: 60 }),
        fc.array(fate, { maxLength: 25 }),
        fc.infiniteStream(fc.nat(5)),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        async (partitions, fates, order, pauses) => {
          const broker = new ScriptedBroker([...fates]);
          const clock = { now: 0 };
          const lanes = createLanes(broker, clock);
          const sent: { partition: number; text: string; outcome: { value?: Published } }[] = [];
          for (const [index, partition] of partitions.entries()) {
            sent.push({ partition, text: `m${index}`, outcome: put(lanes, partition, `m${index}`) });
            if (pauses[index]) await turn();
          }
          await run(lanes, broker, clock, () => order.next().value ?? 0);
          expect(broker.overlaps).toBe(0);
          expect(lanes).toMatchObject({ queued: 0, bytes: 0, inFlight: 0 });
          for (const { partition, text, outcome } of sent) {
            expect(outcome.value?.status).toMatch(/accepted|retry/);
            if (outcome.value?.status !== 'accepted') continue;
            expect(broker.named.get(`${outcome.value.partition}/${outcome.value.offset}`)).toBe(text);
            expect(outcome.value.partition).toBe(partition);
          }
          for (let partition = 0; partition < PARTITIONS; partition++) {
            const own = sent.filter((each) => each.partition === partition).map(({ text }) => text);
            const arrived = firsts(broker.logs.get(partition));
            expect(arrived).toEqual(own.filter((text) => arrived.includes(text)));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('a batch forms while the last send is under way, and holds at most 500 messages', async () => {
  const broker = new ScriptedBroker([]);
  const lanes = createLanes(broker, { now: 0 });
  put(lanes, 0, 'first');
  await turn();
  for (let i = 0; i < 1_200; i++) put(lanes, 0, String(i));
  await run(lanes, broker, { now: 0 }, () => 0);
  expect(broker.largest).toBe(500);
});

test('a batch holds at most 900,000 bytes, but always one message', async () => {
  const broker = new ScriptedBroker([]);
  const lanes = createLanes(broker, { now: 0 });
  for (const bytes of [950_000, 400_000, 400_000, 400_000]) put(lanes, 0, 'x', { bytes });
  await run(lanes, broker, { now: 0 }, () => 0);
  expect(broker.largest).toBe(2);
});

test('a batch that is too large is halved until it fits, and only what never fits is refused', async () => {
  const broker = new ScriptedBroker([], 3);
  const clock = { now: 0 };
  const lanes = createLanes(broker, clock);
  const outcomes = Array.from({ length: 40 }, (_, i) => put(lanes, 0, String(i)));
  await run(lanes, broker, clock, () => 0);
  expect(outcomes.every(({ value }) => value?.status === 'accepted')).toBe(true);
  const single = new ScriptedBroker([], 0);
  const strict = createLanes(single, clock);
  const outcome = put(strict, 0, 'giant');
  await run(strict, single, clock, () => 0);
  expect(outcome.value).toEqual({ status: 'retry', reason: 'refused' });
});

test('one refused partition does not take its neighbours with it', async () => {
  const broker = new ScriptedBroker(['refused', 'refused', 'named', 'named']);
  const clock = { now: 0 };
  const lanes = createLanes(broker, clock);
  const outcomes = [0, 1, 2].map((partition) => put(lanes, partition, String(partition)));
  await run(lanes, broker, clock, () => 0);
  expect(outcomes.map(({ value }) => value?.status)).toEqual(['retry', 'accepted', 'accepted']);
});

test('past its deadline a message is answered although its send has not settled, and the lane stays closed', async () => {
  const broker = new ScriptedBroker(['lost-answer']);
  const clock = { now: 0 };
  const lanes = createLanes(broker, clock);
  const late = put(lanes, 0, 'late', { deadline: 12_000 });
  await turn();
  const next = put(lanes, 0, 'next');
  clock.now = 12_000;
  lanes.tick();
  await turn();
  expect(late.value).toEqual({ status: 'retry', reason: 'unsure' });
  expect(next.value).toBeUndefined();
  await run(lanes, broker, clock, () => 0);
  expect(next.value?.status).toBe('accepted');
  expect(broker.logs.get(0)).toEqual(['late', 'next']);
});

test('abandoning answers all that has no answer', async () => {
  const broker = new ScriptedBroker([]);
  const lanes = createLanes(broker, { now: 0 });
  const outcomes = [put(lanes, 0, 'sent')];
  await turn();
  outcomes.push(put(lanes, 0, 'waits'));
  lanes.abandon();
  for (const { value } of outcomes) expect(value).toEqual({ status: 'retry', reason: 'unsure' });
});
