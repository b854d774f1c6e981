import { hash } from 'node:crypto';

import type { Provider, Type } from '@nestjs/common';
import { AccessLog, PurposeStore } from '@simpul/access';
import { Database, EntityConnection } from '@simpul/database';
import type { RegistryPublicKey } from '@simpul/identifiers';
import { Log } from '@simpul/process';

import { AccessEntryController } from './access-entry/access-entry.controller.js';
import { AccessEntryStore } from './access-entry/access-entry.store.js';
import { BalanceController } from './balance/balance.controller.js';
import { BalanceStore } from './balance/balance.store.js';
import { LogLag, type TrafficOf } from './balance/log-lag.js';
import { DeadLetterController } from './dead-letter/dead-letter.controller.js';
import { DeadLetterStore } from './dead-letter/dead-letter.store.js';
import { SetAsideController } from './dead-letter/set-aside.controller.js';
import { SetAsideStore } from './dead-letter/set-aside.store.js';
import { Families } from './family/families.js';
import { FamilyController } from './family/family.controller.js';
import { FamilyStore } from './family/family.store.js';
import { KeyController } from './key/key.controller.js';
import { OpeningKeys } from './key/opening-keys.js';
import { RegisteredSourceStore } from './ingest/registered-source.store.js';
import { Cursors } from './paging/cursors.js';
import { HiddenIds } from './person/hidden-ids.js';
import { LookQuota } from './person/look-quota.js';
import { Looks } from './person/looks.js';
import { PersonController } from './person/person.controller.js';
import { PersonStore } from './person/person.store.js';
import { SourceSectors } from './person/source-sectors.js';
import { ReceiptController } from './receipt/receipt.controller.js';
import { ReceiptStore } from './receipt/receipt.store.js';
import { RecordStore } from './record/record.store.js';
import { RebuildController } from './rebuild/rebuild.controller.js';
import { RebuildStore } from './rebuild/rebuild.store.js';
import { ReplayController } from './replay/replay.controller.js';
import { ReplayStore } from './replay/replay.store.js';
import { TimelineController } from './timeline/timeline.controller.js';
import { TimelineStore } from './timeline/timeline.store.js';

/** Every controller; what operators change about dead letters is here too. The more particular paths of persons come first. */
export const READING_CONTROLLERS: Type[] = [
  TimelineController,
  FamilyController,
  PersonController,
  ReceiptController,
  DeadLetterController,
  SetAsideController,
  ReplayController,
  RebuildController,
  BalanceController,
  AccessEntryController,
  KeyController,
];

/** What the readers need beside `Database`, `EntityConnection`, `RecordStore`, `AccessLog` and `PurposeStore`, which the module provides. */
export interface ReadingOptions {
  /** Hides ids per source; never rotated. 32 bytes. */
  pairwiseKey: Buffer;
  /** The keys that adapters may seal to, newest first. */
  openingKeys: readonly RegistryPublicKey[];
  /** Looks at personal data that one client may have in a minute. */
  looksPerMinute: number;
  /** How far each partition is behind the log, where somebody watches it. */
  trafficOf?: TrafficOf;
}

const onDatabase = (Store: new (database: Database) => object): Provider => ({
  provide: Store,
  inject: [Database],
  useFactory: (database: Database) => new Store(database),
});

const onEntities = (Store: new (entities: EntityConnection) => object): Provider => ({
  provide: Store,
  inject: [EntityConnection],
  useFactory: (entities: EntityConnection) => new Store(entities),
});

/** Providers of READING_CONTROLLERS. `READING_OPTIONS` must be provided beside them. */
export const READING_OPTIONS = Symbol('reading options');

export const READING_PROVIDERS: Provider[] = [
  ...[TimelineStore, FamilyStore, ReceiptStore, SetAsideStore, ReplayStore, RebuildStore].map(onDatabase),
  ...[DeadLetterStore, BalanceStore, AccessEntryStore].map(onEntities),
  {
    provide: SourceSectors,
    inject: [Database],
    useFactory: (database: Database) => new SourceSectors(new RegisteredSourceStore(database)),
  },
  { provide: HiddenIds, inject: [READING_OPTIONS], useFactory: (o: ReadingOptions) => new HiddenIds(o.pairwiseKey) },
  // A key of its own for cursors, derived: cursors live minutes and need no file.
  {
    provide: Cursors,
    inject: [READING_OPTIONS],
    useFactory: (o: ReadingOptions) =>
      new Cursors(hash('sha256', Buffer.concat([Buffer.from('simpul:cursor:'), o.pairwiseKey]), 'buffer')),
  },
  {
    provide: OpeningKeys,
    inject: [READING_OPTIONS],
    useFactory: (o: ReadingOptions) => new OpeningKeys(o.openingKeys),
  },
  { provide: LogLag, inject: [READING_OPTIONS], useFactory: (o: ReadingOptions) => new LogLag(o.trafficOf) },
  {
    provide: LookQuota,
    inject: [READING_OPTIONS, Log],
    useFactory: (o: ReadingOptions, log: Log) => new LookQuota(o.looksPerMinute, log),
  },
  {
    provide: Looks,
    inject: [PurposeStore, AccessLog, HiddenIds, LookQuota],
    useFactory: (purposes: PurposeStore, log: AccessLog, ids: HiddenIds, quota: LookQuota) =>
      new Looks(purposes, log, ids, quota),
  },
  {
    provide: PersonStore,
    inject: [RecordStore, Looks, SourceSectors],
    useFactory: (records: RecordStore, looks: Looks, sectors: SourceSectors) =>
      new PersonStore(records, looks, sectors),
  },
  {
    provide: Families,
    inject: [Looks, PersonStore, FamilyStore, RecordStore],
    useFactory: (looks: Looks, persons: PersonStore, families: FamilyStore, records: RecordStore) =>
      new Families(looks, persons, families, records),
  },
];
