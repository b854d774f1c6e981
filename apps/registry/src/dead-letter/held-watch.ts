import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Log, type Metrics, Recurring } from '@simpul/process';
import type { HeldCounts, HeldCountStore } from './held-count.store.js';

const EVERY_MS = 60_000;
/** Names of things that are waited for come from messages: a flood of invented ones must not become a flood of series. */
const MOST_SERIES = 50;

/** Counts dead and waiting messages each minute: gauges, and an alarm where there are more than before. */
export class HeldWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looking = new Recurring(() => this.look(), EVERY_MS);
  private dead: HeldCounts | undefined;
  private waiting: HeldCounts = new Map();
  private readonly gauges;

  constructor(
    private readonly store: HeldCountStore,
    private readonly log: Log,
    metrics: Metrics,
    private readonly deadPerHour: number,
  ) {
    this.gauges = {
      dead: metrics.gauge('simpul_dead_letters', 'Dead letters that nobody has dealt with, by code', ['code']),
      failing: metrics.gauge('simpul_failing_source', 'Dead letters within an hour, of sources with too many', [
        'source',
      ]),
      waiting: metrics.gauge('simpul_waiting_messages', 'Messages that wait, by what they wait for', ['lacks']),
    };
  }

  onApplicationBootstrap(): void {
    void this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** What is dead at the first look was told by the process before; what waits is told by each. */
  async look(): Promise<void> {
    try {
      const [dead, waiting] = [await this.store.countDead(), await this.store.countWaiting()];
      this.gauges.dead.reset();
      for (const [code, count] of dead) this.gauges.dead.set({ code }, count);
      this.gauges.waiting.reset();
      for (const [lacks, count] of [...waiting].toSorted(byCount).slice(0, MOST_SERIES))
        this.gauges.waiting.set({ lacks }, count);
      for (const [code, count] of risen(this.dead ?? dead, dead))
        this.log.error('dead-letters.rising', { code, count });
      for (const [reason, count] of risen(this.waiting, waiting)) this.log.error('messages.waiting', { reason, count });
      await this.lookAtSources();
      [this.dead, this.waiting] = [dead, waiting];
    } catch (error) {
      this.log.warn('dead-letters.uncounted', {}, error);
    }
  }

  private async lookAtSources(): Promise<void> {
    this.gauges.failing.reset();
    for (const [source, count] of await this.store.countFailingSources(this.deadPerHour)) {
      this.gauges.failing.set({ source }, count);
      this.log.error('source.failing', { source, count });
    }
  }
}

const byCount = ([, a]: [string, number], [, b]: [string, number]): number => b - a;

const risen = (before: HeldCounts, now: HeldCounts): [string, number][] =>
  [...now].filter(([name, count]) => count > (before.get(name) ?? 0));
