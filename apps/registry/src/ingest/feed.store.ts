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

/** What a writer learns at its begin: its number, and whether it must note which records it touches. */
export interface BegunBatch {
  batch: string;
  isRebuilding: boolean;
}

/** Begins a batch; under the lock of its log position, so that a rebuild is seen by all who write after its begin. */
export async function beginBatch(client: PoolClient): Promise<BegunBatch> {
  const { rows } = await client.query<BegunBatch>({
    name: 'begin-batch',
    text: `SELECT nextval('registry.batch') AS batch, EXISTS (SELECT FROM operations.rebuild WHERE state = 'folding') AS "isRebuilding"`,
  });
  const [row] = rows;
  if (!row) throw new Error('The batch sequence gave nothing');
  return row;
}
