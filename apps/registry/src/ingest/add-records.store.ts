import type { PoolClient } from 'pg';
import type { RecordKeyStore, TransactionKeys } from '../record/record-key.store.js';
import { insertRecords, listMissing } from '../record/record-row.store.js';
import type { NewRecord } from '../record/record-row.store.js';
import type { RecordClaims } from '../record/record.fold.js';
import type { BodyContext } from './event-body.js';
import { foldRecords } from './fold-records.store.js';

/** Records that are there now with all that the batch says of them. */
export interface AddedRecords {
  ids: ReadonlySet<string>;
  /** Also of those that somebody else added meanwhile. */
  dataKeys: TransactionKeys;
}

/**
 * Folds and adds the records that seem new. Written whole at once, a row is not moved by an update of the same transaction. All writers add keys
 * and records in the order of ids before they lock a record that was there, so none waits for another in a circle.
 */
export async function addRecords(
  client: PoolClient,
  records: readonly NewRecord[],
  { claims, batch }: { claims: ReadonlyMap<string, readonly RecordClaims[]>; batch: string },
  context: BodyContext & { keys: RecordKeyStore },
): Promise<AddedRecords> {
  const missing = await listMissing(client, records);
  const ids = missing.map(({ id }) => id);
  const dataKeys = await context.keys.keysFor(client, ids);
  const locked = missing.map(({ id, kind }) => ({ id, kind, folded: null }));
  const folded = await foldRecords(client, { locked, added: claims, anew: new Set(), dataKeys }, context);
  return { ids: await insertRecords(client, missing, folded, batch), dataKeys };
}
