import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { LogEnds } from '@simpul/messaging';
import { type Log, type Metrics, Recurring } from '@simpul/process';
import type { LogOrderStore, LogPartitionRow } from './log-order.store.js';
import { type ReadPlace, type Traffic, trafficAt, TrafficHistory } from './log-traffic.js';

export interface LogWatchOptions {
  orders: Pick<LogOrderStore, 'list'>;
  /** Ends by `topic/partition`. */
  listEnds(): Promise<ReadonlyMap<string, LogEnds>>;
  log: Log;
  metrics: Metrics;
}

const EVERY_MS = 5_000;
/** A lag that is older is an alarm. */
const LATE_SECONDS = 300;
const ALARM_AGAIN_MS = 60_000;

/** Looks at all partitions, whoever reads them: how far each is behind, and what stands still. For operators and metrics. */
export class LogWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly histories = new Map<string, TrafficHistory>();
  private readonly alarmedAt = new Map<string, number>();
  private readonly gauges;
  private readonly looking = new Recurring(() => this.look(), EVERY_MS);

  constructor(private readonly options: LogWatchOptions) {
    const gauge = (name: string, help: string) => options.metrics.gauge(name, help, ['topic', 'partition']);
    this.gauges = {
      halted: gauge('simpul_partition_halted', '1: stopped until an operator has looked'),
      paused: gauge('simpul_partition_paused', '1: an operator ordered to read no further'),
      lag: gauge('simpul_log_lag_messages', 'Messages not yet applied'),
      age: gauge('simpul_log_lag_seconds', 'Age of the oldest message not yet applied, at most'),
      drain: gauge('simpul_log_drain_seconds', 'Until nothing is left at the rate of the last minute; missing: no end'),
    };
  }

  onApplicationBootstrap(): void {
    void this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** As the last look saw it, but for what was read since; undefined until the first look. */
  trafficOf({ topic, partition, next }: ReadPlace): Traffic | undefined {
    const traffic = this.histories.get(`${topic}/${partition}`)?.traffic();
    return traffic && trafficAt(next, traffic);
  }

  private async look(): Promise<void> {
    try {
      const rows = await this.options.orders.list();
      const ends = await this.options.listEnds();
      for (const row of rows) this.note(row, ends.get(`${row.topic}/${row.partition}`));
    } catch (error) {
      this.options.log.warn('log.watch.failed', {}, error);
    }
  }

  private note(row: LogPartitionRow, ends: LogEnds | undefined): void {
    const { topic, partition, generation, next, appendedAt } = row;
    const labels = { topic, partition: String(partition) };
    this.gauges.halted.set(labels, row.halt ? 1 : 0);
    this.gauges.paused.set(labels, row.pause ? 1 : 0);
    if (!ends) return;
    const history = this.histories.get(`${topic}/${partition}`) ?? new TrafficHistory();
    this.histories.set(`${topic}/${partition}`, history);
    history.add({ at: Date.now(), generation, next, ...ends, appendedAt: appendedAt?.getTime() });
    this.tell(row, history.traffic());
  }

  private tell(row: LogPartitionRow, traffic: Traffic | undefined): void {
    if (!traffic) return;
    const labels = { topic: row.topic, partition: String(row.partition) };
    this.gauges.lag.set(labels, Number(traffic.lag));
    if (traffic.lagSeconds !== undefined) this.gauges.age.set(labels, traffic.lagSeconds);
    if (traffic.drainSeconds === undefined) this.gauges.drain.remove(labels);
    else this.gauges.drain.set(labels, traffic.drainSeconds);
    this.alarm(row, traffic);
  }

  private alarm({ topic, partition }: LogPartitionRow, { lag, lagSeconds = 0 }: Traffic): void {
    const name = `${topic}/${partition}`;
    const now = performance.now();
    if (lagSeconds < LATE_SECONDS || now - (this.alarmedAt.get(name) ?? -Infinity) < ALARM_AGAIN_MS) return;
    this.alarmedAt.set(name, now);
    this.options.log.error('ingest.lag', { topic, partition, count: Number(lag), ms: Math.round(lagSeconds * 1000) });
  }
}
