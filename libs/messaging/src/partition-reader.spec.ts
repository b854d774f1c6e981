import { expect, jest, test } from '@jest/globals';
import type { BatchContext, BatchVerdict, LogMessage } from './batch-context.js';
import { PartitionReader } from './partition-reader.js';
import type { Standing } from './positions.js';

function createReader(handle: (messages: LogMessage[], context: BatchContext) => Promise<BatchVerdict>) {
  const done: string[] = [];
  const ports = {
    handle,
    pause: () => void done.push('pause'),
    resume: () => void done.push('resume'),
    seek: (offset: bigint) => void done.push(`seek ${offset}`),
    messagesAtOnce: 2,
    log: () => undefined,
  };
  return { reader: new PartitionReader('t', 0, ports), done };
}

function payload(first: number, count: number, heartbeat: () => Promise<void> = () => Promise.resolve()) {
  const resolved: string[] = [];
  const messages = Array.from({ length: count }, (_, i) => ({
    offset: String(first + i),
    timestamp: '1',
    key: null,
    value: null,
    headers: {},
    attributes: 0,
  }));
  const batch = { topic: 't', partition: 0, highWatermark: '100', messages } as never;
  const rest = { isRunning: () => true, isStale: () => false, resolveOffset: (o: string) => void resolved.push(o) };
  return { ...rest, batch, heartbeat, resolved };
}

const applyAll = (messages: LogMessage[]): Promise<BatchVerdict> =>
  Promise.resolve({ do: 'applied', next: (messages.at(-1)?.offset ?? -1n) + 1n });
const ends = { low: 0n, high: 100n };
const at = (next: bigint, more: Partial<Standing> = {}): Standing => ({
  generation: 1,
  isPaused: false,
  next,
  ...more,
});

test('a batch goes to the handler in parts, and each part that was applied is resolved', async () => {
  const sizes: number[] = [];
  const { reader, done } = createReader((messages) => {
    sizes.push(messages.length);
    return applyAll(messages);
  });
  reader.begin(at(10n), ends);
  const batch = payload(10, 5);
  await reader.read(batch);
  expect(done).toEqual(['seek 10', 'resume']);
  expect(sizes).toEqual([2, 2, 1]);
  expect(batch.resolved).toEqual(['11', '13', '14']);
  expect(reader.next).toBe(15n);
});

test('before the position is known nothing is read', async () => {
  const { reader } = createReader(() => Promise.reject(new Error('must not be called')));
  const batch = payload(0, 1);
  await reader.read(batch);
  expect(batch.resolved).toEqual([]);
});

test.each([
  ['gap', 5n, { low: 6n, high: 100n }],
  ['diverged', 5n, { low: 0n, high: 4n }],
])('a log that contradicts the position halts the partition: %s', async (reason, position, contradiction) => {
  const { reader, done } = createReader(applyAll);
  reader.begin(at(position), contradiction);
  await reader.read(payload(6, 1));
  expect(reader.halted?.code).toBe(reason);
  expect(done).toEqual(['pause']);
});

test.each([
  ['gap', 12],
  ['diverged', 0],
])('a batch elsewhere than at the position is sought once, then halts: %s', async (reason, first) => {
  const { reader, done } = createReader(() => Promise.reject(new Error('must not be called')));
  reader.begin(at(10n), ends);
  await reader.read(payload(first, 1));
  expect(reader.halted).toBeUndefined();
  expect(done.at(-1)).toBe('seek 10');
  await reader.read(payload(first, 1));
  expect(reader.halted?.code).toBe(reason);
});

test('verdicts: retry pauses and resumes, seek moves, halt stops', async () => {
  jest.useFakeTimers();
  try {
    const verdicts: BatchVerdict[] = [
      { do: 'retry', afterMs: 500 },
      { do: 'seek', next: 12n },
      { do: 'halt', code: 'diverged', reason: 'another log' },
    ];
    const { reader, done } = createReader(() =>
      Promise.resolve(verdicts.shift() ?? { do: 'halt', code: 'gap', reason: 'too often' }),
    );
    reader.begin(at(10n), ends);
    await reader.read(payload(10, 1));
    expect(done.slice(2)).toEqual(['pause']);
    jest.advanceTimersByTime(500);
    expect(done.slice(2)).toEqual(['pause', 'resume']);
    await reader.read(payload(10, 1));
    expect(done.at(-1)).toBe('seek 12');
    await reader.read(payload(12, 1));
    expect(reader.halted).toEqual({ code: 'diverged', reason: 'another log' });
  } finally {
    jest.useRealTimers();
  }
});

test('a position ahead of the batch is sought', async () => {
  const { reader, done } = createReader(() => Promise.resolve({ do: 'applied', next: 20n }));
  reader.begin(at(10n), ends);
  const batch = payload(10, 2);
  await reader.read(batch);
  expect(batch.resolved).toEqual([]);
  expect(done.at(-1)).toBe('seek 20');
});

test.each([
  ['throws', () => Promise.reject(new TypeError('broken'))],
  ['gives no verdict', () => Promise.resolve(undefined as never)],
  ['says applied without progress', () => Promise.resolve({ do: 'applied' as const, next: 10n })],
])('a handler that %s does not end the reader, and the batch stays unresolved', async (_, handle) => {
  const { reader, done } = createReader(handle);
  reader.begin(at(10n), ends);
  const batch = payload(10, 1);
  await reader.read(batch);
  expect(batch.resolved).toEqual([]);
  expect(done.at(-1)).toBe('pause');
  await reader.suspend();
});

test('a failing heartbeat tells the handler to roll back; the next batch is alive again', async () => {
  jest.useFakeTimers();
  try {
    const seen: boolean[] = [];
    const { reader } = createReader(async (messages, context) => {
      if (seen.length > 0) {
        seen.push(context.alive());
        return applyAll(messages);
      }
      await new Promise<void>((resolve) => {
        context.aborted.addEventListener('abort', () => resolve());
      });
      seen.push(context.alive());
      return { do: 'retry', afterMs: 0 };
    });
    reader.begin(at(10n), ends);
    const reading = reader.read(payload(10, 1, () => Promise.reject(new Error('REBALANCE_IN_PROGRESS'))));
    await jest.advanceTimersByTimeAsync(1_000);
    await reading;
    await reader.read(payload(10, 1));
    expect(seen).toEqual([false, true]);
  } finally {
    jest.useRealTimers();
  }
});

test('after a fetch that failed the last message is asked for again, and handled once', async () => {
  const handled: bigint[] = [];
  const { reader, done } = createReader((messages) => {
    handled.push(...messages.map(({ offset }) => offset));
    return applyAll(messages);
  });
  reader.begin(at(10n), ends);
  await reader.read(payload(10, 2));
  reader.doubt();
  expect(done.at(-1)).toBe('seek 11');
  await reader.read(payload(11, 2));
  expect(handled).toEqual([10n, 11n, 12n]);
});
