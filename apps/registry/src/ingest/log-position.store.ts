import type { PoolClient } from 'pg';
import type { Database } from '@simpul/database';
import type { Outcome } from './settle.js';

/** One partition of one log. */
export interface LogPlace {
  generation: number;
  topic: string;
  partition: number;
}

/** One partition; without a generation, its current one. */
export type PartitionPlace = Pick<LogPlace, 'topic' | 'partition'> & { generation?: number };

export interface LogPosition {
  generation: number;
  next: bigint;
  /** SHA-256 of the value before `next`; null before the first. */
  lastHash: Buffer | null;
  /** An operator's order: what stands before this offset is not applied. */
  skipTo: bigint | undefined;
}

/** Outcome per source number, how many more (or fewer). */
export type Tally = Map<number, Partial<Record<Outcome, number>>>;

export function count(tally: Tally, source: number, outcome: Outcome, by = 1): void {
  const counters = tally.get(source) ?? {};
  counters[outcome] = (counters[outcome] ?? 0) + by;
  tally.set(source, counters);
}

const LOCK = `SELECT generation, next_offset AS next, last_hash AS "lastHash", skip_to AS "skipTo" FROM operations.log_position
  WHERE topic = $1 AND partition = $2`;

/**
 * First lock of every writer. Undefined before the first batch of the partition, and where an operator opened another generation while this
 * lock was waited for: then the same question finds that one.
 */
export async function lockPosition(
  client: PoolClient,
  { topic, partition, generation }: PartitionPlace,
): Promise<LogPosition | undefined> {
  const { rows } = await client.query<{
    generation: number;
    next: string;
    lastHash: Buffer | null;
    skipTo: string | null;
  }>(
    generation === undefined
      ? {
          name: 'lock-current-position',
          text: `${LOCK} AND closed_at IS NULL FOR UPDATE`,
          values: [topic, partition],
        }
      : {
          name: 'lock-position',
          text: `${LOCK} AND generation = $3 FOR UPDATE`,
          values: [topic, partition, generation],
        },
  );
  const [row] = rows;
  return row && { ...row, next: BigInt(row.next), skipTo: row.skipTo === null ? undefined : BigInt(row.skipTo) };
}

/** First start ever: reading begins at `first`. Two processes may try at once. */
async function createPosition(client: PoolClient, { topic, partition }: PartitionPlace, first: bigint): Promise<void> {
  await client.query(
    `INSERT INTO operations.log_position (generation, topic, partition, first_offset, next_offset)
     SELECT 1, $1, $2, $3, $3 WHERE NOT EXISTS (SELECT FROM operations.log_position WHERE topic = $1 AND partition = $2)
     ON CONFLICT DO NOTHING`,
    [topic, partition, first.toString()],
  );
}

/** The same, and where there is none, one that begins at `first`. */
export async function lockOrCreatePosition(
  client: PoolClient,
  place: PartitionPlace,
  first: bigint,
): Promise<LogPosition> {
  const position = await lockPosition(client, place);
  if (position) return position;
  await createPosition(client, place, first);
  const created = await lockPosition(client, place);
  if (!created) throw new Error(`The position of ${place.topic}/${place.partition} cannot be created`);
  return created;
}

export interface Move {
  from: bigint;
  to: bigint;
  lastHash: Buffer | null;
  /** Broker's append time of the message before `to`, ms. */
  appendedAt: number;
}

/** Moves on, if nobody else did; throws otherwise, and the transaction is rolled back. */
export async function movePosition(
  client: PoolClient,
  { generation, topic, partition }: LogPlace,
  { from, to, lastHash, appendedAt }: Move,
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'move-position',
    text: `UPDATE operations.log_position SET next_offset = $5, last_hash = $6, moved_at = clock_timestamp(), appended_at = $7,
             skip_to = CASE WHEN skip_to > $5 THEN skip_to END
           WHERE generation = $1 AND topic = $2 AND partition = $3 AND next_offset = $4 AND closed_at IS NULL`,
    values: [
      generation,
      topic,
      partition,
      from.toString(),
      to.toString(),
      lastHash,
      new Date(appendedAt).toISOString(),
    ],
  });
  if (rowCount !== 1) throw new Error(`The position of ${topic}/${partition} moved under its lock`);
}

/** A try of this process was ended because another one has the partition. */
export async function countFenced({ pool }: Database, { topic, partition }: PartitionPlace): Promise<void> {
  await pool.query(
    `UPDATE operations.log_position SET fenced = fenced + 1 WHERE topic = $1 AND partition = $2 AND closed_at IS NULL`,
    [topic, partition],
  );
}

/**
 * Ends the sessions of processes that froze in the middle of a statement with a position locked. The server's own clock does not reach those: no
 * time-out counts while it waits for the rest of a COPY, or for a client that takes no answer.
 */
export async function endFrozenWriters({ pool }: Database): Promise<void> {
  await pool.query(
    `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
     WHERE a.datname = current_database() AND a.usename = current_user AND a.pid <> pg_backend_pid() AND a.state = 'active'
       AND a.wait_event_type = 'Client' AND a.query_start < clock_timestamp() - interval '4 seconds'
       AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.relation = 'operations.log_position'::regclass)`,
  );
}

const COUNTERS = ['applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting'] as const satisfies Outcome[];

export async function addCounters(
  client: PoolClient,
  { generation, topic, partition }: LogPlace,
  tally: Tally,
): Promise<void> {
  const rows = [...tally].toSorted(([a], [b]) => a - b);
  if (rows.length === 0) return;
  const names = COUNTERS.join(', ');
  const place = 'generation = $1 AND topic = $2 AND partition = $3';
  // First the row, then the sum: a check on the row to be inserted would refuse the negative half of a move.
  await client.query({
    name: 'create-counters',
    text: `INSERT INTO operations.log_counter (generation, topic, partition, source)
           SELECT $1, $2, $3, source FROM unnest($4::smallint[]) AS u (source) ORDER BY source
           ON CONFLICT (generation, topic, partition, source) DO NOTHING`,
    values: [generation, topic, partition, rows.map(([source]) => source)],
  });
  await client.query({
    name: 'add-counters',
    text: `UPDATE operations.log_counter c SET ${COUNTERS.map((name) => `${name} = c.${name} + u.${name}`).join(', ')}
           FROM unnest($4::smallint[], ${COUNTERS.map((_, index) => `$${index + 5}::bigint[]`).join(', ')}) AS u (source, ${names})
           WHERE c.source = u.source AND c.${place.replaceAll(' AND ', ' AND c.')}`,
    values: [
      generation,
      topic,
      partition,
      rows.map(([source]) => source),
      ...COUNTERS.map((name) => rows.map(([, counters]) => counters[name] ?? 0)),
    ],
  });
}
