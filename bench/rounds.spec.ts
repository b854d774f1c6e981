import { describe, expect, it } from '@jest/globals';
import { lengthsOf, measureRounds, type RoundsPlan } from './rounds.js';
import type { Workload } from './workload.js';

const machine = { cores: 2, processor: 'Some', memoryGiB: 24, node: '24', postgres: '18', kafka: '4' };
const outcome = { values: { rate: 2 }, details: {} };

const workload = (name: string, change: Partial<Workload> = {}): Workload =>
  ({
    name,
    needs: 'database',
    figures: [{ key: 'rate', target: 'S1', says: 'a rate', unit: '×', bound: { atLeast: 1 } }],
    run: () => Promise.resolve(outcome),
    ...change,
  }) as Workload;

const plan = (change: Partial<RoundsPlan>): RoundsPlan => ({
  workloads: [workload('one'), workload('two')],
  rounds: 2,
  isQuick: false,
  say: () => undefined,
  stop: new AbortController().signal,
  run: () => Promise.resolve({ machine, outcome }),
  ...change,
});

describe('the rounds', () => {
  it('go through all workloads in turn', async () => {
    const seen: string[] = [];
    const run: RoundsPlan['run'] = ({ name }) => Promise.resolve({ machine, outcome: (seen.push(name), outcome) });
    const { results } = await measureRounds(
      plan({ run, workloads: [workload('one', { once: true }), workload('two')] }),
    );
    expect(seen).toEqual(['one', 'two', 'two']);
    expect(results.map(({ figures }) => figures[0]?.met)).toEqual([true, true]);
  });

  it('go on after a workload that failed, which is missed with its reason', async () => {
    const run: RoundsPlan['run'] = ({ name }) =>
      name === 'one' ? Promise.reject(new Error('no port\nat somewhere')) : Promise.resolve({ machine, outcome });
    const { results, machine: known } = await measureRounds(plan({ run }));
    expect(results.map(({ figures }) => figures[0])).toMatchObject([
      { workload: 'one', value: null, met: false, reason: 'round 1: not measured: no port' },
      { workload: 'two', value: 2, met: true },
    ]);
    expect(known).toBe(machine);
    expect(lengthsOf(results)).toEqual({ two: 0 });
  });

  it('give up one that does not end', async () => {
    const run: RoundsPlan['run'] = (_workload, { stop }) =>
      new Promise((_resolve, reject) => stop.addEventListener('abort', () => reject(stop.reason as Error)));
    const { results } = await measureRounds(plan({ run, rounds: 1, workloads: [workload('one', { minutes: 0.001 })] }));
    expect(results[0]?.figures).toMatchObject([
      { met: false, reason: 'round 1: not measured: not ended after 0.001 minutes' },
    ]);
  });

  it('end when they are told to stop', async () => {
    const stopping = new AbortController();
    const run: RoundsPlan['run'] = (_workload, { stop }) => {
      stopping.abort(new Error('Ctrl-C'));
      return Promise.reject(stop.reason as Error);
    };
    await expect(measureRounds(plan({ run, stop: stopping.signal }))).rejects.toThrow('Ctrl-C');
  });
});
