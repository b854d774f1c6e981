import type { PoolClient } from 'pg';
import type { DifferingRecord } from './rebuild.entity.js';
import type { RebuiltRecord } from './fold-anew.store.js';

const SAMPLE = 20;

const COLUMNS = 'id, kind, source, linking, birth_year, sex, area, vital_status, folded';
const IDENTIFIERS = 'record, attribute, blind';

/** What is known of these records by now replaces what was known of them before. */
export async function putRebuilt(
  client: PoolClient,
  ids: readonly string[],
  differing: readonly RebuiltRecord[],
): Promise<void> {
  await client.query('DELETE FROM registry.record_identifier_rebuild WHERE record = ANY($1::uuid[])', [ids]);
  await client.query('DELETE FROM registry.record_rebuild WHERE id = ANY($1::uuid[])', [ids]);
  if (differing.length === 0) return;
  await client.query(
    `INSERT INTO registry.record_rebuild (${COLUMNS}, attributes)
     SELECT id, kind::registry.record_kind, source, linking, birth_year, sex, area, vital_status, folded,
       ARRAY(SELECT json_array_elements_text(attributes))
     FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::uuid[], $5::smallint[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::json[])
       AS u (${COLUMNS}, attributes)`,
    [
      differing.map(({ id }) => id),
      differing.map(({ kind }) => kind),
      differing.map(({ source }) => source),
      differing.map(({ columns }) => columns.linking),
      differing.map(({ columns }) => columns.birthYear),
      differing.map(({ columns }) => columns.sex),
      differing.map(({ columns }) => columns.area),
      differing.map(({ columns }) => columns.vitalStatus),
      differing.map(({ folded }) => folded),
      differing.map(({ attributes }) => JSON.stringify(attributes)),
    ],
  );
  await putIdentifiers(client, differing);
}

async function putIdentifiers(client: PoolClient, differing: readonly RebuiltRecord[]): Promise<void> {
  const rows = differing.flatMap(({ id, identifiers }) =>
    [...identifiers].map(([name, blind]) => ({ id, name, blind })),
  );
  await client.query(
    `INSERT INTO registry.record_identifier_rebuild (${IDENTIFIERS}) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])`,
    [rows.map(({ id }) => id), rows.map(({ name }) => name), rows.map(({ blind }) => blind)],
  );
}

/** What was found in the end. */
export interface Differences {
  differing: number;
  /** Attribute or column -> records. */
  attributes: Record<string, number>;
  sample: DifferingRecord[];
}

export async function readDifferences(client: PoolClient): Promise<Differences> {
  const records = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM registry.record_rebuild');
  const names = await client.query<{ name: string; n: number }>(
    `SELECT name, count(*)::int AS n FROM registry.record_rebuild, unnest(attributes) AS name GROUP BY name ORDER BY name`,
  );
  const sample = await client.query<DifferingRecord>(
    'SELECT id AS record, attributes FROM registry.record_rebuild ORDER BY id LIMIT $1',
    [SAMPLE],
  );
  return {
    differing: records.rows[0]?.n ?? 0,
    attributes: Object.fromEntries(names.rows.map(({ name, n }) => [name, n])),
    sample: sample.rows,
  };
}

/** Puts the rebuilt records in the place of the live ones. Nobody else may write; whoever follows the feed has to begin anew. */
export async function switchToRebuilt(client: PoolClient): Promise<void> {
  await client.query(
    `WITH batch AS (SELECT nextval('registry.batch') AS n)
     INSERT INTO registry.record (${COLUMNS}, batch)
     SELECT ${COLUMNS}, (SELECT n FROM batch) FROM registry.record_rebuild ORDER BY id
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, source = excluded.source, linking = excluded.linking,
       birth_year = excluded.birth_year, sex = excluded.sex, area = excluded.area, vital_status = excluded.vital_status,
       folded = excluded.folded, batch = excluded.batch`,
  );
  await client.query('DELETE FROM registry.record_identifier i USING registry.record_rebuild b WHERE i.record = b.id');
  await client.query(
    `INSERT INTO registry.record_identifier (${IDENTIFIERS}) SELECT ${IDENTIFIERS} FROM registry.record_identifier_rebuild`,
  );
  await client.query('UPDATE registry.feed_head SET epoch = gen_random_uuid()');
}

/** Leaves nothing of a rebuild that ended. */
export async function emptyShadow(client: PoolClient): Promise<void> {
  for (const table of ['record_rebuild', 'record_identifier_rebuild', 'record_touched'])
    await client.query(`DELETE FROM registry.${table}`);
}
