import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { LogMessage } from './batch-context.js';
import { PartitionStart } from './partition-start.js';

const ends = { low: 0n, high: 100n };
const message = (offset: number, text = `m${offset}`): LogMessage => {
  return { offset: BigInt(offset), timestamp: 0, key: null, value: Buffer.from(text), headers: {} };
};
const startAt = (next: bigint, low = 0n) =>
  new PartitionStart(
    { generation: 1, isPaused: false, next, lastHash: hash('sha256', `m${next - 1n}`, 'buffer') },
    { ...ends, low },
  );

describe('the start of a partition', () => {
  it('is one message earlier, which must be the one that was read there', () => {
    const start = startAt(10n);
    expect(start.seekTo(10n)).toBe(9n);
    expect(start.check([message(9), message(10)], 10n)).toEqual({ do: 'read', messages: [message(10)], proven: 9n });
    expect(start.check([message(11)], 11n)).toEqual({ do: 'read', messages: [message(11)] });
  });

  it('is another log where another message stands there', () => {
    const start = startAt(10n).check([message(9, 'other'), message(10)], 10n);
    expect(start).toMatchObject({ do: 'halt', halt: { code: 'diverged' } });
  });

  it('does not take the next message for a proof before it has asked for the one before', () => {
    const start = startAt(10n);
    expect(start.check([message(10)], 10n)).toEqual({ do: 'seek', offset: 9n });
    // Asked for, and not there any more: retention took it meanwhile.
    expect(start.check([message(10)], 10n)).toMatchObject({ do: 'read', messages: [message(10)] });
  });

  it('compares nothing where nothing is left of what was read', () => {
    const start = startAt(10n, 10n);
    expect(start.seekTo(10n)).toBe(10n);
    expect(start.check([message(10)], 10n)).toMatchObject({ do: 'read', messages: [message(10)] });
  });

  it.each([
    ['gap', 12],
    ['diverged', 0],
  ])('that is elsewhere twice halts: %s', (code, first) => {
    const start = startAt(10n);
    expect(start.check([message(first)], 10n)).toEqual({ do: 'seek', offset: 9n });
    expect(start.check([message(first)], 10n)).toMatchObject({ do: 'halt', halt: { code } });
  });

  it('is proven again after a batch from elsewhere: the log may be another one, and longer than the position', () => {
    const start = startAt(10n);
    start.check([message(9), message(10)], 10n);
    start.passed(message(10));
    expect(start.check([message(0)], 11n)).toEqual({ do: 'seek', offset: 10n });
    expect(start.check([message(10, 'other'), message(11)], 11n)).toMatchObject({
      do: 'halt',
      halt: { code: 'diverged' },
    });
  });

  it('goes on after a batch from elsewhere where the log is the same', () => {
    const start = startAt(10n);
    start.check([message(9), message(10)], 10n);
    start.passed(message(10));
    start.check([message(8)], 11n);
    expect(start.check([message(10), message(11)], 11n)).toEqual({ do: 'read', messages: [message(11)], proven: 10n });
  });

  it('is proven again after a doubt, also before anything was handled', () => {
    const start = startAt(10n);
    start.check([message(9)], 10n);
    expect(start.doubt(10n)).toBe(9n);
    expect(start.check([message(9, 'other'), message(10)], 10n)).toMatchObject({
      do: 'halt',
      halt: { code: 'diverged' },
    });
  });
});
