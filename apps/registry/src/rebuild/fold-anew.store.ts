import type { PoolClient } from 'pg';
import type { ApplyContext } from '../ingest/apply-batch.store.js';
import { claimsByRecord, readCounting } from '../ingest/refold.store.js';
import type { CountingEvent } from '../ingest/refold.store.js';
import { openFolded, sealFolded } from '../record/folded-part.js';
import { identifiersOf, recordColumnsOf } from '../record/record-columns.js';
import { foldClaims, NOTHING } from '../record/record.fold.js';
import type { Folded } from '../record/record.fold.js';
import type { TransactionKeys } from '../record/record-key.store.js';
import { readLiveRecords } from './live-record.store.js';
import type { LiveRecord } from './live-record.store.js';
import { differencesOf } from './record-difference.js';
import type { RecordState } from './record-difference.js';

/** A record as the ledger says that it should be, where the live one is not so. */
export interface RebuiltRecord extends Omit<RecordState, 'folded'> {
  id: string;
  folded: Buffer | null;
  attributes: string[];
}

export interface FoldedAnew {
  events: number;
  differing: RebuiltRecord[];
  keys: TransactionKeys;
}

/**
 * Folds records from the ledger and compares them with the live ones. Ledger and record change in one transaction: seen in one snapshot,
 * or while nobody writes, they must agree.
 */
export async function foldAnew(client: PoolClient, ids: readonly string[], context: ApplyContext): Promise<FoldedAnew> {
  const { events, keys } = await readCounting(client, ids, context);
  const claims = claimsByRecord(ids, events);
  const named = namedBy(events);
  const live = await readLiveRecords(client, ids);
  const differing = ids.flatMap((id) => {
    const now = live.get(id);
    const told = named.get(id) ?? now;
    // Only outranked or withdrawn events name it, and it has no row: nothing is lost.
    if (!told) return [];
    // Nothing can be kept of a record whose key was erased.
    const folded = keys.find(id) ? foldClaims(NOTHING, claims.get(id) ?? []) : NOTHING;
    const rebuilt = toState(told, folded, context);
    const attributes = differencesOf(now && openLive(now, keys), rebuilt);
    return attributes.length > 0 ? [{ ...rebuilt, id, folded: seal(id, folded, keys), attributes }] : [];
  });
  return { events: events.length, differing, keys };
}

type Named = Pick<RecordState, 'kind' | 'source'>;

/** Kind and source of the records by what the ledger says of them. */
function namedBy(events: readonly CountingEvent[]): Map<string, Named> {
  const named = new Map<string, Named>();
  for (const { mentions, body } of events) {
    const stored = new Set([body.record, ...body.parties.map(({ record }) => record)]);
    for (const { record, kind } of mentions) {
      if (!stored.has(record)) {
        throw new Error(
          `An event of batch ${body.batch} names another record than when it was stored: a rebuild folds records, it cannot move events between them`,
        );
      }
      named.set(record, { kind, source: body.source });
    }
  }
  return named;
}

function toState({ kind, source }: Named, folded: Folded, context: ApplyContext): RecordState {
  const identifiers = identifiersOf(kind, folded);
  return {
    kind,
    source,
    folded,
    columns: recordColumnsOf(folded, identifiers, context.ids),
    identifiers: new Map(identifiers.map(({ attribute, text }) => [attribute, context.hmac(text)])),
  };
}

function openLive({ id, folded, ...record }: LiveRecord, keys: TransactionKeys): RecordState {
  const key = keys.find(id);
  if (!key) return { ...record, folded: NOTHING };
  try {
    return { ...record, folded: openFolded(key, id, folded) };
  } catch {
    // Bytes that do not open are the finding, not a fault of this run.
    return { ...record, folded: undefined };
  }
}

function seal(id: string, folded: Folded, keys: TransactionKeys): Buffer | null {
  const key = keys.find(id);
  return key ? sealFolded(key, id, folded) : null;
}
