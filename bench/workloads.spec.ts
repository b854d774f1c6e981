import { describe, expect, it } from '@jest/globals';
import { chooseWorkloads } from './workloads.js';

const namesOf = (only?: string): string[] => chooseWorkloads(only).map(({ name }) => name);

describe('the choice of workloads', () => {
  it('is all without a list, and what the list names with one', () => {
    expect(namesOf()).toEqual(expect.arrayContaining(['visible', 'memory']));
    expect(namesOf('memory')).toEqual(['memory']);
    expect(namesOf('memory, visible')).toEqual(['visible', 'memory']);
  });

  it.each(['speed', 'visible,speed', 'visible,', '', 'S13'])('refuses "%s" and says what there is', (only) => {
    expect(() => chooseWorkloads(only)).toThrow(/^There is no workload ".*"; there are .*visible, memory.*, S12$/u);
  });
});
