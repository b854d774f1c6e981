import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CommanderError } from 'commander';
import { readFlags } from './flags.js';

const TODAY = '2025-03-01';
const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => {
  stderr.mockClear();
});

describe('the flags of the demonstration', () => {
  it('are a month of ten thousand residents when none is given', () => {
    expect(readFlags([], TODAY)).toEqual({ persons: 10_000, days: 30, speed: 1_000, pause: 30, seed: 1 });
  });

  it('take the days up to yesterday', () => {
    expect(readFlags(['--days', '59'], TODAY).days).toBe(59);
    expect(() => readFlags(['--days', '60'], TODAY)).toThrow('from 1 to 59');
  });

  it('name each part that is to be killed, and how often', () => {
    expect(readFlags(['--kill', 'hub:10', '--kill', 'kafka'], TODAY).kill).toEqual({ hub: 10, kafka: 1 });
  });

  it.each([
    [['--persons', '-5'], 'It must be a whole number from 1 to 200000'],
    [['--persons', '1.5'], 'It must be a whole number'],
    [['--days', '0'], 'It must be a whole number from 1 to 59'],
    [['--seed', 'x'], 'It must be a whole number'],
    [['--speed', '0'], 'It must be a number above 0'],
    [['--kill', 'nothing'], 'It must be one of hub, registry, kafka, postgres'],
    [['--kill', 'hub:2:3'], 'It must be one of hub, registry, kafka, postgres'],
    [['--kill', 'hub:0'], 'It must be a whole number from 1 to 100'],
    [['--kill', 'hub:'], 'It must be a whole number from 1 to 100'],
    [['--nonsense'], "unknown option '--nonsense'"],
    [['nonsense'], 'too many arguments'],
  ])('refuse %j in one sentence', (args, words) => {
    expect(() => readFlags(args, TODAY)).toThrow(CommanderError);
    const said = stderr.mock.calls.map(([text]) => String(text)).join('');
    expect(said).toContain(words);
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
