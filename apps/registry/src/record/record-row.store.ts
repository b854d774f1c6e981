import type { PoolClient } from 'pg';
import type { RecordKind } from '@simpul/contracts';
import { byteaArray, plainArray } from '@simpul/database';
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

/** Those that are not there yet, seen without a lock. */
export async function listMissing(client: PoolClient, records: readonly NewRecord[]): Promise<NewRecord[]> {
  if (records.length === 0) return [];
  const { rows } = await client.query<{ id: string }>({
    name: 'known-records',
    text: 'SELECT id FROM registry.record WHERE id = ANY($1::uuid[])',
    values: [plainArray(records.map(({ id }) => id))],
  });
  const known = new Set(rows.map(({ id }) => id));
  return records.filter(({ id }) => !known.has(id));
}

/** Locks records that are there, in the order of ids that every writer keeps. */
export async function lockRecords(client: PoolClient, ids: readonly string[]): Promise<LockedRecord[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<LockedRecord>({
    name: 'lock-records',
    text: 'SELECT id, kind, folded FROM registry.record WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    values: [plainArray(ids)],
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

const COLUMNS = 'folded, linking, birth_year, sex, area, vital_status';
const ROWS = `unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[]`;

const columnsOf = (records: readonly Pick<ChangedRecord, 'id' | 'folded' | 'columns'>[]): unknown[] => [
  plainArray(records.map(({ id }) => id)),
  byteaArray(records.map(({ folded }) => folded)),
  plainArray(records.map(({ columns }) => columns.linking)),
  plainArray(records.map(({ columns }) => columns.birthYear)),
  records.map(({ columns }) => columns.sex),
  records.map(({ columns }) => columns.area),
  records.map(({ columns }) => columns.vitalStatus),
];

const NO_COLUMNS: RecordColumns = { linking: null, birthYear: null, sex: null, area: null, vitalStatus: null };

/**
 * Adds records with all that they hold, and their identifiers, in the order of ids; gives those that are ours now. The others were added by
 * somebody else meanwhile, and stay as they are.
 */
export async function insertRecords(
  client: PoolClient,
  records: readonly NewRecord[],
  folded: readonly ChangedRecord[],
  batch: string,
): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const byId = new Map(folded.map((record) => [record.id, record]));
  const rows = records.map(({ id }) => byId.get(id) ?? { id, folded: null, columns: NO_COLUMNS });
  const inserted = await client.query<{ id: string }>({
    name: 'insert-records',
    text: `INSERT INTO registry.record (id, ${COLUMNS}, kind, source, batch)
           SELECT id, ${COLUMNS}, kind::registry.record_kind, source, $10
           FROM ${ROWS}, $8::text[], $9::smallint[]) AS u (id, ${COLUMNS}, kind, source)
           ORDER BY id ON CONFLICT (id) DO NOTHING RETURNING id`,
    values: [
      ...columnsOf(rows),
      plainArray(records.map(({ kind }) => kind)),
      plainArray(records.map(({ source }) => source)),
      batch,
    ],
  });
  const ours = new Set(inserted.rows.map(({ id }) => id));
  await writeIdentifiers(
    client,
    folded.filter(({ id }) => ours.has(id)),
  );
  return ours;
}

/** One write per record, in the order of ids, then its identifiers. The records are locked. */
export async function writeRecords(
  client: PoolClient,
  changed: readonly ChangedRecord[],
  batch: string,
): Promise<void> {
  if (changed.length === 0) return;
  await client.query({
    name: 'write-records',
    text: `UPDATE registry.record r SET (${COLUMNS}, batch) = (${COLUMNS.split(', ')
      .map((name) => `u.${name}`)
      .join(', ')}, $8) FROM ${ROWS}) AS u (id, ${COLUMNS}) WHERE r.id = u.id`,
    values: [...columnsOf(changed), batch],
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
    values: [
      plainArray(carried.map((row) => row.id)),
      carried.map((row) => row.attribute),
      byteaArray(carried.map((row) => row.blind)),
    ],
  });
}
