import type { PoolClient } from 'pg';

/** Numbers the bodies of a batch; near the end of the transaction, as everyone waits for the head. */
export async function addFeedBatch(client: PoolClient, batch: string, size: number): Promise<void> {
  if (size === 0) return;
  await client.query({
    name: 'add-feed-batch',
    text: `WITH head AS (UPDATE registry.feed_head SET n = n + $2::integer RETURNING n)
           INSERT INTO registry.feed_batch (first, count, batch) SELECT n - $2::integer + 1, $2::integer, $1::bigint FROM head`,
    values: [batch, size],
  });
}

/** Number of an ingest transaction. */
export async function nextBatch(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ batch: string }>({
    name: 'next-batch',
    text: `SELECT nextval('registry.batch') AS batch`,
  });
  const [row] = rows;
  if (!row) throw new Error('The batch sequence gave nothing');
  return row.batch;
}
