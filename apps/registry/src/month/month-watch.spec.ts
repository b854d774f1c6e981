import { describe, expect, it } from '@jest/globals';
import { Health, Log, Metrics } from '@simpul/process';
import { MonthWatch } from './month-watch.js';

describe('the watch over months', () => {
  it('tells when the next month has no partition, and leaves the process ready', async () => {
    const answers = [6, 2, 1, new Error('away'), 6];
    const lines: string[] = [];
    const health = new Health();
    const metrics = new Metrics();
    const watch = new MonthWatch({
      count: () => {
        const next = answers.shift();
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? 0);
      },
      log: new Log({ name: 'spec', level: 'warn', destination: { write: (line: string) => lines.push(line) } }),
      metrics,
      health,
    });
    watch.onApplicationBootstrap();
    await watch.onApplicationShutdown();
    await watch.look();
    expect(lines).toEqual([]);
    await watch.look();
    await watch.look();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ msg: 'months.missing', count: 1 }),
      expect.objectContaining({ msg: 'months.uncounted' }),
    ]);
    expect((await health.ready()).checks['months']).toEqual({ ok: true, detail: { ahead: 1 } });
    expect(await metrics.text()).toMatch(/simpul_months_ahead 1\n/u);
  });
});
