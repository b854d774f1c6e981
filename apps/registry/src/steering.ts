import type { Provider } from '@nestjs/common';
import { Database } from '@simpul/database';
import { listLogEnds, loadKafkaSecurity } from '@simpul/messaging';
import { Log, Metrics } from '@simpul/process';
import { RegistryConfig } from './config.js';
import { MessageJudge } from './ingest/message-judge.js';
import { KnownCountStore } from './log/known-count.store.js';
import { LogOrderStore } from './log/log-order.store.js';
import { LogSteering } from './log/log-steering.js';
import { LogWatch } from './log/log-watch.js';

const accessOf = ({ kafkaBrokers: brokers, topicPrefix }: RegistryConfig) => {
  return { brokers, topicPrefix, security: loadKafkaSecurity() };
};

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
        access: accessOf(config),
      }),
  },
  {
    provide: LogWatch,
    inject: [LogOrderStore, RegistryConfig, Log, Metrics],
    useFactory: (orders: LogOrderStore, config: RegistryConfig, log: Log, metrics: Metrics) => {
      const access = accessOf(config);
      return new LogWatch({ orders, listEnds: () => listLogEnds(access), log, metrics });
    },
  },
];
