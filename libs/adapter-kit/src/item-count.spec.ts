import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ItemCount } from './item-count.js';

describe('the count of items', () => {
  it('is told once a turn for each kind and status, and nothing of it twice', async () => {
    const told: [string, string, number][] = [];
    const count = new ItemCount((...line) => told.push(line));
    for (let items = 0; items < 500; items += 1) count.add('aid-delivery', items < 3 ? 'rejected' : 'accepted');
    count.add('feedback', 'accepted');
    expect(told).toEqual([]);
    await turn();
    expect(told).toEqual([
      ['aid-delivery', 'rejected', 3],
      ['aid-delivery', 'accepted', 497],
      ['feedback', 'accepted', 1],
    ]);
    count.add('feedback', 'retry');
    await turn();
    expect(told.slice(3)).toEqual([['feedback', 'retry', 1]]);
  });
});
