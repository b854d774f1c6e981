import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Log, type Metrics, Recurring } from '@simpul/process';
import type { RebuildStore } from './rebuild.store.js';

const EVERY_MS = 60_000;
/** More than any step of a rebuild takes. */
const STALE_SECONDS = 600;

/** Looks each minute how the last rebuild ended and whether one was left: gauges, and an alarm each for differences and for one that nobody works on. */
export class RebuildWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looking = new Recurring(() => this.look(), EVERY_MS);
  private told: string | undefined;
  private readonly gauges;

  constructor(
    private readonly store: RebuildStore,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.gauges = {
      differing: metrics.gauge(
        'simpul_rebuild_differing',
        'Records that the last rebuild found to differ and left so',
        [],
      ),
      idle: metrics.gauge(
        'simpul_rebuild_idle_seconds',
        'Since when a rebuild that has neither ended nor been cancelled made no progress; 0 without one',
        [],
      ),
    };
  }

  onApplicationBootstrap(): void {
    void this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  async look(): Promise<void> {
    try {
      await this.lookAtLastEnded();
      await this.lookAtFolding();
    } catch (error) {
      this.log.warn('rebuild.unwatched', {}, error);
    }
  }

  private async lookAtLastEnded(): Promise<void> {
    const last = await this.store.findLastEnded();
    const count = last?.state === 'differs' ? Number(last.differing) : 0;
    this.gauges.differing.set({}, count);
    if (count > 0 && last?.id !== this.told) this.log.error('rebuild.differs', { count });
    this.told = last?.id;
  }

  private async lookAtFolding(): Promise<void> {
    const idle = (await this.store.findIdleSeconds()) ?? 0;
    this.gauges.idle.set({}, Math.floor(idle));
    if (idle > STALE_SECONDS) this.log.error('rebuild.stale', { ms: Math.floor(idle * 1000) });
  }
}
