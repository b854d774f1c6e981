import type { KeyObject } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ServiceEventRow } from '../../apps/registry/src/ingest/service-event.entity.js';
import { StatementRow } from '../../apps/registry/src/ingest/statement.entity.js';
import { RecordIdentifierRow, RecordKeyRow, StoredRecordRow } from '../../apps/registry/src/record/record.entity.js';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';
import type { MessageStep, Writer, WriterPlan } from '../write-path/writer.js';
import { saveProgress } from './entity-progress.js';
import { eventRow, foldedRow, identifierRows, newKey, nextBatch, openKeyRow, statementRow } from './entity-rows.js';
import { entityWriter } from './entity-writer.js';
import type { EventOpening, OpenedEntry } from './event-opening.js';

/** What the documentation of TypeORM teaches for one message: a transaction, find, change, save. Same tables, same meaning. */
export const typeormEach = (plan: WriterPlan): Promise<Writer<MessageStep>> =>
  entityWriter(plan, async (source, entries, opening) => {
    for (const entry of entries)
      await source.transaction((manager) => saveEvent(manager, entry, opening, plan.partition));
  });

async function saveEvent(
  manager: EntityManager,
  entry: OpenedEntry,
  { context, keys }: EventOpening,
  partition: number,
): Promise<void> {
  const { source, kind, reference } = entry.key;
  if (await manager.existsBy(StatementRow, { source, kind, reference })) return;
  const at = { batch: await nextBatch(manager), place: 0, partition };
  await manager.save(StatementRow, statementRow(entry, at));
  const { record } = entry.body.subject;
  const dataKey = await getKey(manager, record, keys);
  const held = await manager.findOneBy(StoredRecordRow, { id: record });
  const row = foldedRow(entry, held, dataKey, { batch: at.batch, ids: context.ids });
  await manager.save(StoredRecordRow, row);
  await manager.save(RecordIdentifierRow, identifierRows(entry, row, dataKey, context));
  await manager.save(ServiceEventRow, eventRow(entry, dataKey, at));
  await saveProgress(manager, { entries: [entry], batch: at.batch, partition });
}

async function getKey(manager: EntityManager, record: string, keys: RegistryKeys): Promise<KeyObject> {
  const held = await manager.findOneBy(RecordKeyRow, { record });
  if (held) return openKeyRow(held, keys);
  const { key, row } = newKey(record, keys);
  await manager.save(RecordKeyRow, row);
  return key;
}
