import type { PoolClient } from 'pg';
import type { RecordKind } from '@simpul/contracts';
import type { RecordColumns } from './record-columns.js';

/** A record to be there before it is locked. */
export interface NewRecord {
  id: string;
  kind: RecordKind;
  source: number;
}

/** A locked record as it stands. */
export interface LockedRecord {
  id: string;
  kind: RecordKind;
  folded: Buffer | null;
}

/** Adds those that are missing, then locks all in the order of ids that every writer keeps. */
export async function lockRecords(
  client: PoolClient,
  records: readonly NewRecord[],
  others: readonly string[],
  batch: string,
): Promise<LockedRecord[]> {
  if (records.length > 0) {
    await client.query({
      name: 'add-records',
      text: `INSERT INTO registry.record (id, kind, source, batch)
             SELECT id, kind::registry.record_kind, source, $4 FROM unnest($1::uuid[], $2::text[], $3::smallint[]) AS u (id, kind, source)
             WHERE NOT EXISTS (SELECT FROM registry.record r WHERE r.id = u.id) ORDER BY id ON CONFLICT (id) DO NOTHING`,
      values: [records.map((r) => r.id), records.map((r) => r.kind), records.map((r) => r.source), batch],
    });
  }
  const { rows } = await client.query<LockedRecord>({
    name: 'lock-records',
    text: 'SELECT id, kind, folded FROM registry.record WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    values: [[...new Set([...records.map((r) => r.id), ...others])]],
  });
  return rows;
}

/** A record whose folded state changed. `folded` is sealed; null: nothing counts any more. */
export interface ChangedRecord {
  id: string;
  folded: Buffer | null;
  columns: RecordColumns;
  /** Attribute -> blind index; null: no longer carried. */
  identifiers: Map<string, Buffer | null>;
}

/** One write per record, in the order of ids, then its identifiers. The records are locked. */
export async function writeRecords(
  client: PoolClient,
  changed: readonly ChangedRecord[],
  batch: string,
): Promise<void> {
  if (changed.length === 0) return;
  const columns = changed.map((record) => record.columns);
  await client.query({
    name: 'write-records',
    text: `UPDATE registry.record r SET folded = u.folded, linking = u.linking, birth_year = u.birth_year, sex = u.sex, area = u.area,
             vital_status = u.vital_status, batch = $8
           FROM unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[])
             AS u (id, folded, linking, birth_year, sex, area, vital_status) WHERE r.id = u.id`,
    values: [
      changed.map((record) => record.id),
      changed.map((record) => record.folded),
      columns.map((c) => c.linking),
      columns.map((c) => c.birthYear),
      columns.map((c) => c.sex),
      columns.map((c) => c.area),
      columns.map((c) => c.vitalStatus),
      batch,
    ],
  });
  await writeIdentifiers(client, changed);
}

async function writeIdentifiers(client: PoolClient, changed: readonly ChangedRecord[]): Promise<void> {
  const rows = changed.flatMap(({ id, identifiers }) =>
    [...identifiers].map(([attribute, blind]) => ({ id, attribute, blind })),
  );
  const [carried, gone] = [rows.filter((row) => row.blind !== null), rows.filter((row) => row.blind === null)];
  if (gone.length > 0) {
    await client.query({
      name: 'remove-identifiers',
      text: `DELETE FROM registry.record_identifier i USING unnest($1::uuid[], $2::text[]) AS u (record, attribute)
             WHERE i.record = u.record AND i.attribute = u.attribute COLLATE "C"`,
      values: [gone.map((row) => row.id), gone.map((row) => row.attribute)],
    });
  }
  if (carried.length === 0) return;
  await client.query({
    name: 'write-identifiers',
    text: `INSERT INTO registry.record_identifier (record, attribute, blind)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS u (record, attribute, blind) ORDER BY record, attribute
           ON CONFLICT (record, attribute) DO UPDATE SET blind = excluded.blind`,
    values: [carried.map((row) => row.id), carried.map((row) => row.attribute), carried.map((row) => row.blind)],
  });
}
