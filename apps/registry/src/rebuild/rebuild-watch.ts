import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Log, Metrics } from '@simpul/process';
import type { RebuildStore } from './rebuild.store.js';

const EVERY_MS = 60_000;

/** Looks each minute how the last rebuild ended: a gauge, and an alarm for one that left differences. */
export class RebuildWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
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
    this.timer = setInterval(() => {
      this.looking = this.look();
    }, EVERY_MS);
    this.looking = this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
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
