import type { PoolClient } from 'pg';
import type { ApplyContext } from '../../apps/registry/src/ingest/apply-batch.store.js';
import { addRecords } from '../../apps/registry/src/ingest/add-records.store.js';
import { claimsOf, newRecordsOf } from '../../apps/registry/src/ingest/apply-batch.store.js';
import { beginBatch, addFeedBatch } from '../../apps/registry/src/ingest/feed.store.js';
import { foldRecords } from '../../apps/registry/src/ingest/fold-records.store.js';
import { copyBodies, type NewBody } from '../../apps/registry/src/ingest/service-event.store.js';
import { workAhead } from '../../apps/registry/src/ingest/work-ahead.js';
import type { TransactionKeys } from '../../apps/registry/src/record/record-key.store.js';
import { lockRecords, writeRecords } from '../../apps/registry/src/record/record-row.store.js';
import type { MessageStep, Writer, WriterPlan } from '../write-path/writer.js';
import { eventOpening, type OpenedEntry } from './event-opening.js';

/** Our own path without what makes an event count once: no ledger, no counters, no position. A repeated message would count again. */
export async function blindUpsert(plan: WriterPlan): Promise<Writer<MessageStep>> {
  const { database, context, open } = await eventOpening(plan);
  return {
    write: (steps) =>
      workAhead(steps, open, async (entries) => {
        context.keys.remember(await database.transaction((client) => writeBlindly(client, entries, context, plan)));
        return true;
      }),
    close: () => database.close(),
  };
}

async function writeBlindly(
  client: PoolClient,
  entries: readonly OpenedEntry[],
  context: ApplyContext,
  { partition }: WriterPlan,
): Promise<TransactionKeys> {
  const { batch } = await beginBatch(client);
  const bodies = entries.map((entry, place) => toBody(entry, { batch, place, partition }));
  const claims = claimsOf(entries);
  const records = newRecordsOf(entries);
  const made = await addRecords(client, records, { claims, batch }, context);
  const locked = await lockRecords(
    client,
    records.map(({ id }) => id).filter((id) => !made.ids.has(id)),
  );
  const ids = locked.map(({ id }) => id);
  const dataKeys = made.dataKeys.with(await context.keys.keysFor(client, ids));
  const input = { locked, added: claims, anew: new Set<string>(), dataKeys };
  await writeRecords(client, await foldRecords(client, input, context), batch);
  await copyBodies(client, bodies, dataKeys);
  await addFeedBatch(client, batch, bodies.length);
  return dataKeys;
}

const toBody = (
  { key, body, candidate: { appendedAt, offset } }: OpenedEntry,
  at: Pick<NewBody, 'batch' | 'place' | 'partition'>,
): NewBody => ({ ...at, key, body, isRepair: false, appendedAt, offset });
