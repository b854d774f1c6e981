import { describe, expect, it } from '@jest/globals';
import type { Part } from '../../installation/installation.js';
import { Killing } from './killing.js';

/** An installation that notes what befalls it; what dies is back when the spec says so. */
function installation() {
  const said: string[] = [];
  const returns: (() => void)[] = [];
  return {
    said,
    returnNext: () => returns.shift()?.(),
    kill: async (part: Part) => void said.push(`${part} dies`),
    untilReady: (part: Part) =>
      new Promise<void>((back) => {
        returns.push(() => {
          said.push(`${part} is back`);
          back();
        });
      }),
  };
}

const moments = [
  { part: 'hub', at: 10 },
  { part: 'kafka', at: 12 },
  { part: 'hub', at: 40 },
] as const;

describe('the kills of a run', () => {
  it('come when their moment is passed, and each when the one before is back', async () => {
    const where = installation();
    const lines: string[] = [];
    const killing = new Killing({ moments, installation: where, say: (line) => lines.push(line) });
    await killing.passed(9);
    expect(where.said).toEqual([]);
    await killing.passed(10);
    expect(where.said).toEqual(['hub dies']);
    const second = killing.passed(39);
    await new Promise(setImmediate);
    expect(where.said).toEqual(['hub dies']);
    where.returnNext();
    await second;
    expect(where.said).toEqual(['hub dies', 'hub is back', 'kafka dies']);
    expect(killing.done).toEqual({ hub: 1, kafka: 1 });
    expect(lines).toContain('kill -9 hub, 1 of 2, due at message 10, 10 answered');
  });

  it('are over when the last is back', async () => {
    const where = installation();
    const killing = new Killing({ moments: moments.slice(0, 1), installation: where, say: () => undefined });
    await killing.passed(10);
    const over = killing.over().then(() => where.said.push('over'));
    await new Promise(setImmediate);
    where.returnNext();
    await over;
    expect(where.said).toEqual(['hub dies', 'hub is back', 'over']);
  });

  it('end the run when a part does not come back, or was dead already', async () => {
    const killing = new Killing({
      moments,
      installation: {
        kill: () => Promise.resolve(),
        untilReady: (part) => Promise.reject(new Error(`${part} is away`)),
      },
      say: () => undefined,
    });
    await killing.passed(10);
    await expect(killing.passed(12)).rejects.toThrow('hub is away');
    await expect(killing.over()).rejects.toThrow('hub is away');
  });
});
