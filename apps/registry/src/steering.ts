import type { Provider } from '@nestjs/common';
import { Database } from '@simpul/database';
import { listLogEnds } from '@simpul/messaging';
import { Log, Metrics } from '@simpul/process';
import { RegistryConfig } from './config.js';
import { MessageJudge } from './ingest/message-judge.js';
import { KnownCountStore } from './log/known-count.store.js';
import { LogOrderStore } from './log/log-order.store.js';
import { LogSteering } from './log/log-steering.js';
import { LogWatch } from './log/log-watch.js';

/** What operators need to see how the log is read, and to steer it. */
export const STEERING_PROVIDERS: Provider[] = [
  { provide: LogOrderStore, inject: [Database], useFactory: (database: Database) => new LogOrderStore(database) },
  {
    provide: LogSteering,
    inject: [LogOrderStore, Database, MessageJudge, RegistryConfig],
    useFactory: (orders: LogOrderStore, database: Database, judge: MessageJudge, config: RegistryConfig) =>
      new LogSteering({
        orders,
        known: new KnownCountStore(database),
        judge,
        brokers: config.kafkaBrokers,
        topicPrefix: config.topicPrefix,
      }),
  },
  {
    provide: LogWatch,
    inject: [LogOrderStore, RegistryConfig, Log, Metrics],
    useFactory: (
      orders: LogOrderStore,
      { kafkaBrokers: brokers, topicPrefix }: RegistryConfig,
      log: Log,
      metrics: Metrics,
    ) => new LogWatch({ orders, listEnds: () => listLogEnds({ brokers, topicPrefix }), log, metrics }),
  },
];
