import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Log, type Metrics, Recurring } from '@simpul/process';
import type { RebuildStore } from './rebuild.store.js';

const EVERY_MS = 60_000;

/** Looks each minute how the last rebuild ended: a gauge, and an alarm for one that left differences. */
export class RebuildWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looking = new Recurring(() => this.look(), EVERY_MS);
  private told: string | undefined;
  private readonly gauge;

  constructor(
    private readonly store: RebuildStore,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.gauge = metrics.gauge(
      'simpul_rebuild_differing',
      'Records that the last rebuild found to differ and left so',
      [],
    );
  }

  onApplicationBootstrap(): void {
    void this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  async look(): Promise<void> {
    try {
      const last = await this.store.findLastEnded();
      const count = last?.state === 'differs' ? Number(last.differing) : 0;
      this.gauge.set({}, count);
      if (count > 0 && last?.id !== this.told) this.log.error('rebuild.differs', { count });
      this.told = last?.id;
    } catch (error) {
      this.log.warn('rebuild.unwatched', {}, error);
    }
  }
}
