import type { Provider } from '@nestjs/common';
import { Database } from '@simpul/database';
import { KafkaBatchServer, SECTOR_TOPICS } from '@simpul/messaging';
import { Log, Metrics } from '@simpul/process';
import { RegistryConfig } from './config.js';
import { HeldCountStore } from './dead-letter/held-count.store.js';
import { HeldWatch } from './dead-letter/held-watch.js';
import { applyContextOf } from './ingest/apply-context.js';
import { BATCHES_AT_ONCE, BatchIngester } from './ingest/batch-ingester.js';
import type { BatchIngesterOptions } from './ingest/batch-ingester.js';
import { IngestStore } from './ingest/ingest.store.js';
import type { IngestStoreOptions } from './ingest/ingest.store.js';
import { MessageJudge } from './ingest/message-judge.js';
import { NameNumberStore } from './ingest/name-number.store.js';
import { RegisteredSourceStore } from './ingest/registered-source.store.js';
import { ReleaseStore } from './ingest/release.store.js';
import { WaitingReleaser } from './ingest/waiting-releaser.js';
import { LOG_ACCESS, type LogAccess } from './log/log-access.js';
import { LogStandingStore } from './log/log-standing.store.js';
import { RebuildWatch } from './rebuild/rebuild-watch.js';
import { RebuildStore } from './rebuild/rebuild.store.js';
import type { RegistryKeys } from './record/registry-keys.js';
import { ReplayRunner } from './replay/replay-runner.js';
import { ReplayTrials } from './replay/replay-trial.store.js';

/** The keys of this process. */
export const REGISTRY_KEYS = Symbol('registry keys');

const INGEST_OPTIONS = Symbol('ingest options');

const INGEST_ALARM = Symbol('ingest alarm');

/** Everything between Kafka and the tables. */
export const INGESTING_PROVIDERS: Provider[] = [
  {
    provide: INGEST_OPTIONS,
    inject: [Database, RegistryConfig, REGISTRY_KEYS],
    useFactory: (database: Database, config: RegistryConfig, keys: RegistryKeys) => ({
      database,
      numbers: new NameNumberStore(database),
      context: applyContextOf(config, keys, database),
    }),
  },
  {
    provide: MessageJudge,
    inject: [Database, REGISTRY_KEYS],
    useFactory: (database: Database, keys: RegistryKeys) => new MessageJudge(keys, new RegisteredSourceStore(database)),
  },
  {
    provide: IngestStore,
    inject: [INGEST_OPTIONS],
    useFactory: (options: IngestStoreOptions) => new IngestStore(options),
  },
  {
    provide: WaitingReleaser,
    inject: [INGEST_OPTIONS, IngestStore, MessageJudge, Log],
    useFactory: (options: IngestStoreOptions, store: IngestStore, judge: MessageJudge, log: Log) =>
      new WaitingReleaser(new ReleaseStore(options, store), judge, (error) =>
        log.error('ingest.release.failed', {}, error),
      ),
  },
  {
    provide: ReplayRunner,
    inject: [INGEST_OPTIONS, IngestStore, MessageJudge, Log],
    useFactory: (options: IngestStoreOptions, store: IngestStore, judge: MessageJudge, log: Log) =>
      new ReplayRunner(new ReplayTrials(options, store), judge, (error) => log.error('replay.failed', {}, error)),
  },
  {
    provide: HeldWatch,
    inject: [Database, Log, Metrics, RegistryConfig],
    useFactory: (database: Database, log: Log, metrics: Metrics, { deadPerHour }: RegistryConfig) =>
      new HeldWatch(new HeldCountStore(database), log, metrics, deadPerHour),
  },
  {
    provide: INGEST_ALARM,
    inject: [Log, Metrics],
    useFactory: (log: Log, metrics: Metrics): BatchIngesterOptions['alarm'] => {
      const names = ['event', 'topic', 'partition'] as const;
      const alarms = metrics.counter('simpul_ingest_alarms_total', 'Alarms of the ingest, by code', names);
      return ({ event, error, ...place }) => {
        alarms.inc({ event, topic: place.topic, partition: String(place.partition) });
        // To give way is what a process should do that stood still.
        log[event === 'ingest.fenced' ? 'warn' : 'error'](event, place, error);
      };
    },
  },
  {
    provide: RebuildWatch,
    inject: [Database, Log, Metrics],
    useFactory: (database: Database, log: Log, metrics: Metrics) =>
      new RebuildWatch(new RebuildStore(database), log, metrics),
  },
  {
    provide: BatchIngester,
    inject: [IngestStore, MessageJudge, RegistryConfig, INGEST_ALARM],
    useFactory: (
      store: IngestStore,
      judge: MessageJudge,
      config: RegistryConfig,
      alarm: BatchIngesterOptions['alarm'],
    ) => new BatchIngester({ store, judge, batchSize: config.ingestBatch, alarm }),
  },
  {
    provide: KafkaBatchServer,
    inject: [RegistryConfig, LOG_ACCESS, Database, Log],
    useFactory: (config: RegistryConfig, access: LogAccess, database: Database, log: Log) =>
      new KafkaBatchServer({
        ...access,
        groupId: `${config.topicPrefix ?? ''}${config.groupId}`,
        clientId: 'simpul-registry',
        topics: SECTOR_TOPICS,
        messagesAtOnce: BATCHES_AT_ONCE * config.ingestBatch,
        positions: new LogStandingStore(database),
        log: (level, event, details) => log[level](event, details),
      }),
  },
];
