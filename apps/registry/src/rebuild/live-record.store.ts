import type { PoolClient } from 'pg';
import type { RecordKind } from '@simpul/contracts';
import type { RecordColumns } from '../record/record-columns.js';

/** A live record as it stands. */
export interface LiveRecord {
  id: string;
  kind: RecordKind;
  source: number;
  columns: RecordColumns;
  folded: Buffer | null;
  identifiers: Map<string, Buffer>;
}

type Row = Omit<LiveRecord, 'columns' | 'identifiers'> & RecordColumns;

/** The next records by id, also those of which only the ledger knows. */
export async function listRecordIds(client: PoolClient, after: string, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'rebuild-ids',
    text: `SELECT id FROM (
             (SELECT id FROM registry.record WHERE id > $1 ORDER BY id LIMIT $2) UNION
             (SELECT DISTINCT record FROM registry.service_event WHERE record > $1 ORDER BY record LIMIT $2) UNION
             (SELECT DISTINCT record FROM registry.event_party WHERE record > $1 ORDER BY record LIMIT $2)
           ) i (id) ORDER BY id LIMIT $2`,
    values: [after, limit],
  });
  return rows.map(({ id }) => id);
}

export async function readLiveRecords(client: PoolClient, ids: readonly string[]): Promise<Map<string, LiveRecord>> {
  const { rows } = await client.query<Row>({
    name: 'rebuild-live',
    text: `SELECT id, kind, source, linking, birth_year AS "birthYear", sex, area, vital_status AS "vitalStatus", folded
           FROM registry.record WHERE id = ANY($1::uuid[])`,
    values: [ids],
  });
  const records = new Map(
    rows.map(({ id, kind, source, folded, ...columns }): [string, LiveRecord] => [
      id,
      { id, kind, source, folded, columns, identifiers: new Map() },
    ]),
  );
  const identifiers = await client.query<{ record: string; attribute: string; blind: Buffer }>({
    name: 'rebuild-live-identifiers',
    text: 'SELECT record, attribute, blind FROM registry.record_identifier WHERE record = ANY($1::uuid[])',
    values: [ids],
  });
  for (const { record, attribute, blind } of identifiers.rows) records.get(record)?.identifiers.set(attribute, blind);
  return records;
}
