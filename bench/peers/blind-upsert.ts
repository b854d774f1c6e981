import { claimsOf, newRecordsOf } from '../../apps/registry/src/ingest/apply-batch.store.js';
import { beginBatch, addFeedBatch } from '../../apps/registry/src/ingest/feed.store.js';
import { foldRecords } from '../../apps/registry/src/ingest/fold-records.store.js';
import { copyBodies, type NewBody } from '../../apps/registry/src/ingest/service-event.store.js';
import { lockRecords, writeRecords } from '../../apps/registry/src/record/record-row.store.js';
import type { MessageStep, Writer, WriterPlan } from '../write-path/writer.js';
import { eventOpening, type OpenedEntry } from './event-opening.js';

/** Our own path without what makes an event count once: no ledger, no counters, no position. A repeated message would count again. */
export async function blindUpsert(plan: WriterPlan): Promise<Writer<MessageStep>> {
  const { database, context, open } = await eventOpening(plan);
  return {
    write: async (messages) => {
      const entries = await open(messages);
      const dataKeys = await database.transaction(async (client) => {
        const { batch } = await beginBatch(client);
        const bodies = entries.map((entry, place) => toBody(entry, { batch, place, partition: plan.partition }));
        const locked = await lockRecords(client, newRecordsOf(entries), [], batch);
        const keys = await context.keys.keysFor(
          client,
          locked.map(({ id }) => id),
        );
        const input = { locked, added: claimsOf(entries), anew: new Set<string>(), dataKeys: keys };
        await writeRecords(client, await foldRecords(client, input, context), batch);
        await copyBodies(client, bodies, keys);
        await addFeedBatch(client, batch, bodies.length);
        return keys;
      });
      context.keys.remember(dataKeys);
    },
    close: () => database.close(),
  };
}

const toBody = (
  { key, body, candidate: { appendedAt, offset } }: OpenedEntry,
  at: Pick<NewBody, 'batch' | 'place' | 'partition'>,
): NewBody => ({ ...at, key, body, isRepair: false, appendedAt, offset });
