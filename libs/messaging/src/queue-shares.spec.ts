import { describe, expect, it } from '@jest/globals';
import { QueueShares } from './queue-shares.js';

/** Fills a queue of a hundred: in turns each owner adds as long as it may; gives how much each got. */
function fill(owners: readonly string[], size = 100): number[] {
  const shares = new QueueShares();
  const got = new Map<string, number>(owners.map((owner) => [owner, 0]));
  let queued = 0;
  for (let more = true; more;) {
    more = false;
    for (const owner of owners) {
      if (queued === size || !shares.allow(owner, 1, { messages: size - queued, bytes: 1_000_000 })) continue;
      shares.add(owner, 1);
      got.set(owner, (got.get(owner) ?? 0) + 1);
      queued += 1;
      more = true;
    }
  }
  return [...got.values()];
}

describe('the shares of the queue', () => {
  it('are half for one alone, and about equal for several, with room for one who comes next', () => {
    expect(fill(['a'])).toEqual([50]);
    expect(fill(['a', 'b'])).toEqual([34, 33]);
    expect(fill(['a', 'b', 'c', 'd'])).toEqual([20, 20, 20, 20]);
  });

  it('count bytes too, and come back when messages are settled', () => {
    const shares = new QueueShares();
    shares.add('a', 600);
    expect(shares.allow('a', 1, { messages: 99, bytes: 400 })).toBe(false);
    expect(shares.allow('b', 400, { messages: 99, bytes: 400 })).toBe(true);
    shares.remove('a', 600);
    expect(shares.allow('a', 400, { messages: 99, bytes: 400 })).toBe(true);
  });
});
