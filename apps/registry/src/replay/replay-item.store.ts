import type { PoolClient } from 'pg';
import type { HeldLetter } from '../ingest/dead-letter.store.js';
import type { LogPlace } from '../ingest/log-position.store.js';
import type { StatementKey } from '../ingest/statement.store.js';
import type { ReplayOutcome } from './replay.entity.js';

/** Any number that no other program on the same database takes. */
const REPLAY_LOCK = 5_310_743;

/** A letter whose turn has come. */
export interface OpenItem extends HeldLetter {
  n: number;
  place: LogPlace;
  /** Null where it proved none when it died. */
  statement: (StatementKey & { revision: number }) | null;
}

/** What became of it. */
export interface ItemResult {
  n: number;
  outcome: ReplayOutcome;
  code?: string;
}

type Client = Pick<PoolClient, 'query'>;

/** The oldest job that runs, after another one. */
export async function findRunning(client: Client, after: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM operations.replay WHERE state = 'running' AND id > $1 ORDER BY id LIMIT 1`,
    [after],
  );
  return rows[0]?.id;
}

/**
 * Takes the job for this transaction without ever waiting, so before any other lock. False: another process is at it, or it runs no more.
 * A killed process lets go with its connection.
 */
export async function takeJob(client: Client, id: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1, ($2::bigint % 2147483647)::integer) AS taken',
    [REPLAY_LOCK, id],
  );
  if (!rows[0]?.taken) return false;
  const { rowCount } = await client.query(`SELECT FROM operations.replay WHERE id = $1 AND state = 'running'`, [id]);
  return rowCount === 1;
}

/** The next letters of a job, in its order, whatever their state is by now; and the items whose letter is gone. */
export async function listOpenItems(
  client: Client,
  id: string,
  limit: number,
): Promise<{ items: OpenItem[]; gone: number[] }> {
  const { rows } = await client.query<OpenRow | GoneRow>(
    `SELECT i.n, i.letter AS id, d.code, d.generation, d.topic, d.partition, d."offset", d.appended_at AS "appendedAt", d.key, d.value,
       d.source, d.kind, d.reference, d.revision
     FROM (SELECT n, letter FROM operations.replay_item WHERE replay = $1 AND outcome IS NULL ORDER BY n LIMIT $2) i
     LEFT JOIN operations.dead_letter d ON d.id = i.letter ORDER BY i.n`,
    [id, limit],
  );
  return {
    items: rows.flatMap((row) => (row.topic === null ? [] : [toItem(row)])),
    gone: rows.flatMap((row) => (row.topic === null ? [row.n] : [])),
  };
}

interface GoneRow {
  n: number;
  topic: null;
}

interface OpenRow extends LogPlace, Omit<StatementKey, 'kind'> {
  n: number;
  id: string;
  code: string;
  offset: string;
  appendedAt: Date;
  key: Buffer | null;
  value: Buffer | null;
  kind: number | null;
  revision: string | null;
}

function toItem({ generation, topic, partition, kind, reference, revision, ...row }: OpenRow): OpenItem {
  const { source } = row;
  const proves = kind !== null && revision !== null;
  return {
    ...row,
    offset: BigInt(row.offset),
    appendedAt: row.appendedAt.getTime(),
    place: { generation, topic, partition },
    statement: proves ? { source, kind, reference, revision: Number(revision) } : null,
  };
}

/** Writes outcomes and progress; those that have one already keep it. The last one ends the job. */
export async function settleItems(client: Client, id: string, results: readonly ItemResult[]): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE operations.replay_item i SET outcome = u.outcome::operations.replay_outcome, code = u.code, done_at = clock_timestamp()
     FROM unnest($2::integer[], $3::text[], $4::text[]) AS u (n, outcome, code)
     WHERE i.replay = $1 AND i.n = u.n AND i.outcome IS NULL`,
    [id, results.map(({ n }) => n), results.map(({ outcome }) => outcome), results.map(({ code }) => code ?? null)],
  );
  await client.query(
    `UPDATE operations.replay SET done = done + $2::integer, changed_at = clock_timestamp(),
       state = CASE WHEN state = 'running' AND done + $2::integer = total THEN 'done' ELSE state END WHERE id = $1`,
    [id, rowCount],
  );
}
