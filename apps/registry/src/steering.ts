import type { Provider } from '@nestjs/common';
import { Database } from '@simpul/database';
import { listLogEnds } from '@simpul/messaging';
import { Log, Metrics } from '@simpul/process';
import { RegistryConfig } from './config.js';
import { MessageJudge } from './ingest/message-judge.js';
import { LOG_ACCESS, type LogAccess, logAccessOf } from './log/log-access.js';
import { KnownCountStore } from './log/known-count.store.js';
import { LogOrderStore } from './log/log-order.store.js';
import { LogSteering } from './log/log-steering.js';
import { LogWatch } from './log/log-watch.js';

/** What operators need to see how the log is read, and to steer it. */
export const STEERING_PROVIDERS: Provider[] = [
  { provide: LOG_ACCESS, inject: [RegistryConfig], useFactory: logAccessOf },
  { provide: LogOrderStore, inject: [Database], useFactory: (database: Database) => new LogOrderStore(database) },
  {
    provide: LogSteering,
    inject: [LogOrderStore, Database, MessageJudge, LOG_ACCESS],
    useFactory: (orders: LogOrderStore, database: Database, judge: MessageJudge, access: LogAccess) =>
      new LogSteering({ orders, known: new KnownCountStore(database), judge, access }),
  },
  {
    provide: LogWatch,
    inject: [LogOrderStore, LOG_ACCESS, Log, Metrics],
    useFactory: (orders: LogOrderStore, access: LogAccess, log: Log, metrics: Metrics) =>
      new LogWatch({ orders, listEnds: () => listLogEnds(access), log, metrics }),
  },
];
