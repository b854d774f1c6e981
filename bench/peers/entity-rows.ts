import type { KeyObject } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ServiceEventRow } from '../../apps/registry/src/ingest/service-event.entity.js';
import type { StatementRow } from '../../apps/registry/src/ingest/statement.entity.js';
import { claimsAbout } from '../../apps/registry/src/ingest/event-body.js';
import { openFolded, sealFolded } from '../../apps/registry/src/record/folded-part.js';
import { identifiersOf, recordColumnsOf } from '../../apps/registry/src/record/record-columns.js';
import type {
  RecordIdentifierRow,
  RecordKeyRow,
  StoredRecordRow,
} from '../../apps/registry/src/record/record.entity.js';
import { foldClaims } from '../../apps/registry/src/record/record.fold.js';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';
import { newDataKey, sealPart, unwrapDataKey } from '../../apps/registry/src/record/sealed-part.js';
import type { ApplyContext } from '../../apps/registry/src/ingest/apply-batch.store.js';
import type { OpenedEntry } from './event-opening.js';

/** Where the rows of an event stand. */
export interface RowPlace {
  batch: string;
  place: number;
  partition: number;
}

export const statementRow = ({ key, body: { event }, candidate }: OpenedEntry, at: RowPlace): StatementRow => ({
  source: key.source,
  kind: key.kind,
  reference: key.reference,
  revision: String(key.revision),
  digest: Buffer.from(event.digest, 'base64url'),
  mapping: event.mapping,
  verdict: 'applied',
  appendedAt: new Date(candidate.appendedAt),
  batch: at.batch,
  place: at.place,
});

export function eventRow(
  { key, body, candidate }: OpenedEntry,
  dataKey: KeyObject,
  at: RowPlace,
): ServiceEventRow & { facts: object } {
  const { event, subject, parts, businessKey } = body;
  const sealed = Buffer.from(JSON.stringify(parts.sealed.get(subject.pointer) ?? {}));
  return {
    appendedAt: new Date(candidate.appendedAt),
    batch: at.batch,
    place: at.place,
    source: key.source,
    kind: key.kind,
    reference: key.reference,
    revision: String(event.revision),
    type: event.type.type,
    record: subject.record,
    time: new Date(event.time),
    recordedTime: new Date(event.recordedTime),
    receivedTime: new Date(event.receivedTime),
    withdrawn: event.withdrawn,
    replaced: false,
    repair: false,
    logPartition: at.partition,
    logOffset: candidate.offset.toString(),
    businessKey,
    facts: parts.facts,
    sealed: sealPart(dataKey, [subject.record, event.source, event.id, 'subject'], sealed),
  };
}

/** A data key that is made for a record, to use and as it is stored. */
export function newKey(record: string, { wrapping: [wrapping] }: RegistryKeys): { key: KeyObject; row: NewKeyRow } {
  const { key, wrapped } = newDataKey(wrapping);
  return { key, row: { record, wrapped, kek: wrapping.id } };
}

type NewKeyRow = Pick<RecordKeyRow, 'record' | 'wrapped' | 'kek'>;

export const openKeyRow = ({ wrapped, kek }: RecordKeyRow, keys: RegistryKeys): KeyObject =>
  unwrapDataKey(wrapped, kek, keys.wrapping);

/** The subject's record with what the event adds to it. */
export function foldedRow(
  { key, body }: OpenedEntry,
  held: StoredRecordRow | null | undefined,
  dataKey: KeyObject,
  { batch, ids }: { batch: string; ids: ApplyContext['ids'] },
): StoredRecordRow {
  const { record: id, kind } = body.subject;
  const folded = foldClaims(openFolded(dataKey, id, held?.folded ?? null), claimsAbout(id, body.event, body.mentions));
  const columns = recordColumnsOf(folded, identifiersOf(kind, folded), ids);
  return { id, kind, source: key.source, ...columns, folded: sealFolded(dataKey, id, folded), batch };
}

/** What finds the record, by what this event says. */
export const identifierRows = (
  { body }: OpenedEntry,
  row: StoredRecordRow,
  dataKey: KeyObject,
  context: ApplyContext,
) =>
  identifiersOf(body.subject.kind, openFolded(dataKey, row.id, row.folded)).map(
    ({ attribute, text }): RecordIdentifierRow => ({ record: row.id, attribute, blind: context.hmac(text) }),
  );

export async function nextBatch(manager: EntityManager): Promise<string> {
  const [row] = await manager.query<{ batch: string }[]>(`SELECT nextval('registry.batch') AS batch`);
  if (!row) throw new Error('The batch sequence gave nothing');
  return row.batch;
}
