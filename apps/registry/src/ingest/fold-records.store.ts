import type { PoolClient } from 'pg';
import { openFolded, sealFolded } from '../record/folded-part.js';
import { foldClaims, isSameFolded, NOTHING } from '../record/record.fold.js';
import type { Folded, RecordClaims } from '../record/record.fold.js';
import { identifiersOf, recordColumnsOf } from '../record/record-columns.js';
import type { TransactionKeys } from '../record/record-key.store.js';
import type { ChangedRecord, LockedRecord } from '../record/record-row.store.js';
import { listCountingClaims } from './refold.store.js';
import type { RecordKeyStore } from '../record/record-key.store.js';
import type { BodyContext } from './event-body.js';

/** What a batch adds to records that are locked, and which of them lost something. */
export interface FoldInput {
  locked: readonly LockedRecord[];
  /** Claims of the batch's own bodies that count, by record. */
  added: ReadonlyMap<string, readonly RecordClaims[]>;
  /** Records touched by a body that no longer counts, or counts again: folded anew from the ledger. */
  anew: ReadonlySet<string>;
  dataKeys: TransactionKeys;
}

/** The new state of each record that changed. The ledger in the database holds all but the batch's own bodies. */
export async function foldRecords(
  client: PoolClient,
  input: FoldInput,
  context: BodyContext & { keys: RecordKeyStore },
): Promise<ChangedRecord[]> {
  const counting = input.anew.size > 0 ? await listCountingClaims(client, [...input.anew], context) : undefined;
  const changed: ChangedRecord[] = [];
  for (const record of input.locked) {
    const before = openFolded(input.dataKeys.get(record.id), record.id, record.folded);
    const start = input.anew.has(record.id) ? foldClaims(NOTHING, counting?.get(record.id) ?? []) : before;
    const after = foldClaims(start, input.added.get(record.id) ?? []);
    if (!isSameFolded(after, before)) changed.push(toChanged(record, { before, after }, input.dataKeys, context));
  }
  return changed;
}

function toChanged(
  { id, kind }: LockedRecord,
  { before, after }: { before: Folded; after: Folded },
  keys: TransactionKeys,
  context: BodyContext,
): ChangedRecord {
  const folded = sealFolded(keys.get(id), id, after);
  const [was, is] = [identifiersOf(kind, before), identifiersOf(kind, after)];
  const identifiers = new Map<string, Buffer | null>();
  for (const { attribute, text } of is)
    if (!was.some((former) => former.text === text && former.attribute === attribute))
      identifiers.set(attribute, context.hmac(text));
  for (const { attribute } of was)
    if (!is.some((present) => present.attribute === attribute)) identifiers.set(attribute, null);
  return { id, folded, columns: recordColumnsOf(after, is, context.ids), identifiers };
}
