import { Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown, Provider } from '@nestjs/common';
import { ACCESS_ENTITIES, AccessLog, PurposeStore } from '@simpul/access';
import { assertSchemaVersion, countMonthsAhead, Database, EntityConnection } from '@simpul/database';
import { KafkaBatchServer } from '@simpul/messaging';
import { Health, loadConfig, Log, Metrics } from '@simpul/process';
import { CONDITION_PROVIDER } from './condition/condition-watch.js';
import { RegistryConfig } from './config.js';
import { REGISTRY_ENTITIES } from './entities.js';
import { IngestConsumer } from './ingest/ingest.consumer.js';
import { INGESTING_PROVIDERS, REGISTRY_KEYS } from './ingesting.js';
import { MonthWatch } from './month/month-watch.js';
import { READING_CONTROLLERS, READING_OPTIONS, READING_PROVIDERS } from './reading.js';
import type { ReadingOptions } from './reading.js';
import { LogController } from './log/log.controller.js';
import { LogWatch } from './log/log-watch.js';
import { loadRegistryKeys } from './record/load-registry-keys.js';
import { RecordStore } from './record/record.store.js';
import type { RegistryKeys } from './record/registry-keys.js';
import { STEERING_PROVIDERS } from './steering.js';

type AllKeys = RegistryKeys & { pairwise: Buffer };

const PROVIDERS: Provider[] = [
  {
    provide: Database,
    inject: [RegistryConfig, Log],
    useFactory: (config: RegistryConfig, log: Log) =>
      new Database({
        url: config.databaseUrl,
        poolSize: config.databasePool,
        onConnectionError: (error) => log.warn('database.connection.lost', {}, error),
      }),
  },
  { provide: REGISTRY_KEYS, inject: [RegistryConfig], useFactory: loadRegistryKeys },
  {
    provide: EntityConnection,
    inject: [RegistryConfig, Log],
    useFactory: (config: RegistryConfig, log: Log) =>
      new EntityConnection({
        url: config.databaseUrl,
        entities: [...ACCESS_ENTITIES, ...REGISTRY_ENTITIES],
        onConnectionError: (error) => log.warn('database.connection.lost', {}, error),
      }),
  },
  { provide: AccessLog, inject: [Database], useFactory: (database: Database) => new AccessLog(database) },
  {
    provide: PurposeStore,
    inject: [EntityConnection],
    useFactory: (entities: EntityConnection) => new PurposeStore(entities),
  },
  {
    provide: RecordStore,
    inject: [Database, REGISTRY_KEYS],
    useFactory: (database: Database, keys: AllKeys) => new RecordStore(database, keys),
  },
  {
    provide: MonthWatch,
    inject: [Database, Log, Metrics, Health],
    useFactory: (database: Database, log: Log, metrics: Metrics, health: Health) =>
      new MonthWatch({ count: () => countMonthsAhead(database.pool, new Date()), log, metrics, health }),
  },
  {
    provide: READING_OPTIONS,
    inject: [REGISTRY_KEYS, LogWatch, RegistryConfig],
    useFactory: (keys: AllKeys, watch: LogWatch, config: RegistryConfig): ReadingOptions => ({
      pairwiseKey: keys.pairwise,
      openingKeys: keys.opening,
      looksPerMinute: config.looksPerMinute,
      trafficOf: (place) => watch.trafficOf(place),
    }),
  },
];

/** The canonical data service: reads the topics, answers under /registry/v1. Nothing connects before the application starts. */
@Module({})
export class RegistryModule implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Without a configuration it is read from the environment. */
  static register(config: RegistryConfig = loadConfig(RegistryConfig)): DynamicModule {
    return {
      module: RegistryModule,
      controllers: [...READING_CONTROLLERS, LogController, IngestConsumer],
      providers: [
        { provide: RegistryConfig, useValue: config },
        ...PROVIDERS,
        CONDITION_PROVIDER,
        ...INGESTING_PROVIDERS,
        ...STEERING_PROVIDERS,
        ...READING_PROVIDERS,
      ],
      exports: [KafkaBatchServer],
    };
  }

  constructor(
    private readonly database: Database,
    private readonly entities: EntityConnection,
    private readonly server: KafkaBatchServer,
    private readonly health: Health,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await assertSchemaVersion(this.database);
    this.health.register('database', async () => {
      await this.database.connect();
      return { ok: true };
    });
    this.health.register('log', () => {
      // A halted partition makes no process unfit: the others go on, and who asks for persons is answered. The alarm and the gauge tell of it.
      const { halted, paused, assigned, lag } = this.server.state();
      const degraded = halted.length > 0;
      const counts = { halted: halted.length, paused: paused.length, assigned: assigned.length, lag };
      return { ok: true, detail: { degraded, ...counts } };
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.entities.close();
    await this.database.close();
  }
}
