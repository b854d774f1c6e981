import { afterEach, describe, expect, it } from '@jest/globals';
import { BacklogWatch } from './backlog-watch.js';

const DAY_MS = 86_400_000;
const opened: BacklogWatch[] = [];

afterEach(() => {
  for (const watch of opened.splice(0)) watch.close();
});

describe('the backlog of the registry', () => {
  it('closes the intake 3 days before the log would drop it, and opens it when it is caught up', async () => {
    const failures: unknown[] = [];
    const alarms: number[] = [];
    const answers: (number | undefined | Error)[] = [0, 11 * DAY_MS, 11 * DAY_MS + 1, undefined, new Error('away'), 0];
    const watch = new BacklogWatch({
      retentionDays: 14,
      ask: () => {
        const next = answers.shift();
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
      onFailure: (error) => failures.push(error),
      onOld: (ms) => alarms.push(ms),
    });
    opened.push(watch);
    const found: boolean[] = [];
    while (answers.length > 0) {
      await watch.look();
      watch.close();
      found.push(watch.isOld);
    }
    // What cannot be told or asked changes nothing.
    expect(found).toEqual([false, false, true, true, true, false]);
    expect([failures.length, alarms]).toEqual([1, Array.from({ length: 3 }, () => 11 * DAY_MS + 1)]);
  });

  it('is a problem that says when to come back', async () => {
    const watch = new BacklogWatch({
      retentionDays: 14,
      ask: () => Promise.resolve(12 * DAY_MS),
      onFailure: () => undefined,
      onOld: () => undefined,
    });
    opened.push(watch);
    expect(() => watch.refuseWhenOld()).not.toThrow();
    await watch.look();
    expect(() => watch.refuseWhenOld()).toThrow(
      expect.objectContaining({ code: 'backlog.old', status: 503, headers: { 'retry-after': '300' } }),
    );
  });
});
