import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Health, type Log, type Metrics, Recurring } from '@simpul/process';

const EVERY_MS = 3_600_000;
/** This month and the next. */
const NEEDED = 2;

export interface MonthWatchOptions {
  /** Months from this one on that have their partitions. */
  count(): Promise<number>;
  log: Pick<Log, 'error' | 'warn'>;
  metrics: Metrics;
  health: Health;
}

/**
 * Looks hourly whether the months to come have their partitions. Without one its rows go to the default partition: nothing is lost and
 * everything works, so the process stays ready, but such a month can never be moved.
 */
export class MonthWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looking = new Recurring(() => this.look(), EVERY_MS);
  private ahead: number | undefined;

  constructor(private readonly options: MonthWatchOptions) {
    options.metrics.watch(
      'simpul_months_ahead',
      'Months from this one on that have partitions',
      () => this.ahead ?? -1,
    );
  }

  onApplicationBootstrap(): void {
    this.options.health.register('months', () => ({ ok: true, detail: { ahead: this.ahead ?? -1 } }));
    void this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** Never rejects. */
  async look(): Promise<void> {
    try {
      this.ahead = await this.options.count();
      if (this.ahead < NEEDED) this.options.log.error('months.missing', { count: this.ahead });
    } catch (error) {
      this.options.log.warn('months.uncounted', {}, error);
    }
  }
}
