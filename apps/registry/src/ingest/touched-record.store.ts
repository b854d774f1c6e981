import type { PoolClient } from 'pg';

/** While a rebuild folds: it has to fold these once more. The records are locked. */
export async function noteTouched(client: PoolClient, records: readonly string[], batch: string): Promise<void> {
  await client.query({
    name: 'note-touched',
    text: 'INSERT INTO registry.record_touched (record, batch) SELECT record, $2 FROM unnest($1::uuid[]) AS u (record)',
    values: [records, batch],
  });
}

/** Records that writers noted and committed, as many as asked for, and how often: they are taken off the list. */
export async function takeTouched(client: PoolClient, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ record: string }>(
    `WITH chosen AS (SELECT DISTINCT record FROM (SELECT record FROM registry.record_touched ORDER BY record LIMIT $1) t),
     gone AS (DELETE FROM registry.record_touched t USING chosen WHERE t.record = chosen.record)
     SELECT record FROM chosen ORDER BY record`,
    [limit],
  );
  return rows.map(({ record }) => record);
}

export async function countTouched(client: Pick<PoolClient, 'query'>): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM registry.record_touched');
  return rows[0]?.n ?? 0;
}
