import { describe, expect, it } from '@jest/globals';
import { hasComparison, listPending, listSlices, sliceName } from './deep.js';

const slices = listSlices(1);
const names = (some = slices) => some.map(sliceName);
const groups = new Set(slices.filter(hasComparison).map(({ group }) => group));

describe('the deep tier', () => {
  it('has forty plans and five start numbers of each other fault, each under a name of its own', () => {
    const plans = slices.filter(({ plan }) => plan);
    expect(plans).toHaveLength(40);
    const others = new Map(
      [...Map.groupBy(slices, ({ fault }) => fault.name)].map(([name, all]) => [name, all.length]),
    );
    for (const { fault } of plans) others.delete(fault.name);
    expect(new Set(others.values())).toEqual(new Set([5]));
    expect(new Set(names()).size).toBe(slices.length);
  });

  it('tries again what did not hold, and nothing else', () => {
    const held = new Set([...names(), ...groups]);
    expect(listPending(slices, held)).toEqual([]);
    const [open = ''] = names();
    held.delete(open);
    expect(names(listPending(slices, held))).toEqual([open]);
  });

  it('tries a whole group again that was never compared to its end', () => {
    const [group = ''] = groups;
    const held = new Set([...names(), ...groups]);
    held.delete(group);
    expect(listPending(slices, held)).toEqual(slices.filter((slice) => slice.group === group));
  });
});
