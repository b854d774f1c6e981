import { describe, expect, it } from '@jest/globals';
import { Recurring } from './recurring.js';

describe('recurring work', () => {
  it('begins at once, comes again, and is never done twice at the same time', async () => {
    let [begun, ended, most] = [0, 0, 0];
    const thrice = Promise.withResolvers<void>();
    const recurring = new Recurring(async () => {
      begun += 1;
      most = Math.max(most, begun - ended);
      await new Promise((next) => setImmediate(next));
      ended += 1;
      if (ended === 3) thrice.resolve();
    }, 0);
    const first = recurring.start();
    expect(begun).toBe(1);
    await first;
    expect(ended).toBe(1);
    await thrice.promise;
    await recurring.stop();
    expect([begun - ended, most]).toEqual([0, 1]);
  });

  it('ends with what is under way, and does not come again', async () => {
    const work = Promise.withResolvers<void>();
    let begun = 0;
    const recurring = new Recurring(() => {
      begun += 1;
      return work.promise;
    }, 0);
    void recurring.start();
    let isOver = false;
    const stopping = recurring.stop().then(() => (isOver = true));
    await new Promise((next) => setImmediate(next));
    expect([isOver, recurring.isStopping]).toEqual([false, true]);
    work.resolve();
    await stopping;
    await new Promise((next) => setTimeout(next, 1));
    expect(begun).toBe(1);
  });
});
