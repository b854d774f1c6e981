import { describe, expect, it } from '@jest/globals';
import { drawPlan, shrink, type Strike } from './plan.js';
import { Random } from './random.js';

const plan = drawPlan(new Random('1'), 12, 20_000);

describe('a plan', () => {
  it('is the same for the same start number, and another one for another', () => {
    expect(drawPlan(new Random('1'), 12, 20_000)).toEqual(plan);
    expect(drawPlan(new Random('2'), 12, 20_000)).not.toEqual(plan);
  });

  it('shrinks to the strikes without which it would not fail', async () => {
    const guilty = [plan[3], plan[8]] as [Strike, Strike];
    const fails = (fewer: readonly Strike[]) => Promise.resolve(guilty.every((strike) => fewer.includes(strike)));
    expect(await shrink(plan, fails, 100)).toEqual(guilty);
  });

  it('gives up shrinking after so many tries', async () => {
    let tries = 0;
    await shrink(plan, () => Promise.resolve((tries += 1) < 0), 5);
    expect(tries).toBe(5);
  });
});
