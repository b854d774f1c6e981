import type { KeyObject } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import { ServiceEventRow } from '../../apps/registry/src/ingest/service-event.entity.js';
import { StatementRow } from '../../apps/registry/src/ingest/statement.entity.js';
import { RecordIdentifierRow, RecordKeyRow, StoredRecordRow } from '../../apps/registry/src/record/record.entity.js';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';
import type { MessageStep, Writer, WriterPlan } from '../write-path/writer.js';
import { saveProgress } from './entity-progress.js';
import { eventRow, foldedRow, identifierRows, newKey, nextBatch, openKeyRow, statementRow } from './entity-rows.js';
import { entityWriter } from './entity-writer.js';
import type { EventOpening, OpenedEntry } from './event-opening.js';

/** What a team does next: one transaction for the batch, found by lists, written by upserts of many rows. Same tables, same meaning. */
export const typeormBatch = (plan: WriterPlan): Promise<Writer<MessageStep>> =>
  entityWriter(plan, (source, entries, opening) =>
    source.transaction((manager) => saveBatch(manager, entries, opening, plan.partition)),
  );

async function saveBatch(
  manager: EntityManager,
  all: readonly OpenedEntry[],
  { context, keys }: EventOpening,
  partition: number,
): Promise<void> {
  const entries = await leaveOutKnown(manager, all);
  const batch = await nextBatch(manager);
  const dataKeys = await findKeys(manager, entries, keys);
  const held = await manager.findBy(StoredRecordRow, { id: In([...dataKeys.keys()]) });
  const rows = new Map<string, StoredRecordRow>(held.map((row) => [row.id, row]));
  const identifiers = new Map<string, RecordIdentifierRow>();
  const [statements, events]: [StatementRow[], ReturnType<typeof eventRow>[]] = [[], []];
  for (const [place, entry] of entries.entries()) {
    const { record } = entry.body.subject;
    const dataKey = keyOf(dataKeys, record);
    statements.push(statementRow(entry, { batch, place, partition }));
    events.push(eventRow(entry, dataKey, { batch, place, partition }));
    const row = foldedRow(entry, rows.get(record), dataKey, { batch, ids: context.ids });
    rows.set(record, row);
    for (const found of identifierRows(entry, row, dataKey, context))
      identifiers.set(`${record}/${found.attribute}`, found);
  }
  await manager.upsert(StatementRow, statements, ['source', 'kind', 'reference']);
  await manager.upsert(StoredRecordRow, [...rows.values()], ['id']);
  await manager.upsert(RecordIdentifierRow, [...identifiers.values()], ['record', 'attribute']);
  await manager.insert(ServiceEventRow, events);
  await saveProgress(manager, { entries, batch, partition });
}

async function leaveOutKnown(manager: EntityManager, all: readonly OpenedEntry[]): Promise<OpenedEntry[]> {
  const known = await manager.findBy(StatementRow, { reference: In(all.map(({ key }) => key.reference)) });
  const names = new Set(known.map(({ source, kind, reference }) => `${source}/${kind}/${reference}`));
  return all.filter(({ key }) => !names.has(`${key.source}/${key.kind}/${key.reference}`));
}

async function findKeys(
  manager: EntityManager,
  entries: readonly OpenedEntry[],
  keys: RegistryKeys,
): Promise<Map<string, KeyObject>> {
  const records = [...new Set(entries.map(({ body }) => body.subject.record))];
  const held = await manager.findBy(RecordKeyRow, { record: In(records) });
  const known = new Map(held.map((row) => [row.record, openKeyRow(row, keys)]));
  const made = records.filter((record) => !known.has(record)).map((record) => newKey(record, keys));
  if (made.length > 0)
    await manager.insert(
      RecordKeyRow,
      made.map(({ row }) => row),
    );
  for (const { key, row } of made) known.set(row.record, key);
  return known;
}

function keyOf(keys: ReadonlyMap<string, KeyObject>, record: string): KeyObject {
  const key = keys.get(record);
  if (!key) throw new Error('A record has no key');
  return key;
}
