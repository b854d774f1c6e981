import { DeadLetterRow } from './ingest/dead-letter.entity.js';
import { FeedBatchRow, FeedHeadRow } from './ingest/feed.entity.js';
import { LogCounterRow, LogPositionRow } from './ingest/log-position.entity.js';
import { KindNumberRow, SourceNumberRow } from './ingest/name-number.entity.js';
import { EventPartyRow, ServiceEventRow } from './ingest/service-event.entity.js';
import { StatementRevisionRow, StatementRow } from './ingest/statement.entity.js';
import { RebuildRow, RebuiltIdentifierRow, RebuiltRecordRow, TouchedRecordRow } from './rebuild/rebuild.entity.js';
import { ReplayItemRow, ReplayRow } from './replay/replay.entity.js';
import { LogHaltRow, LogPauseRow } from './log/log-order.entity.js';
import { StoredRecordRow, RecordIdentifierRow, RecordKeyRow } from './record/record.entity.js';

/** The tables of schemas `registry` and `operations`. */
export const REGISTRY_ENTITIES = [
  SourceNumberRow,
  KindNumberRow,
  LogPositionRow,
  LogCounterRow,
  LogHaltRow,
  LogPauseRow,
  StatementRow,
  StatementRevisionRow,
  ServiceEventRow,
  EventPartyRow,
  FeedHeadRow,
  FeedBatchRow,
  DeadLetterRow,
  ReplayRow,
  ReplayItemRow,
  StoredRecordRow,
  RecordIdentifierRow,
  RecordKeyRow,
  RebuildRow,
  RebuiltRecordRow,
  RebuiltIdentifierRow,
  TouchedRecordRow,
];
