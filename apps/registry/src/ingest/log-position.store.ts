import type { PoolClient } from 'pg';
import type { Database } from '@simpul/database';
import type { Positions } from '@simpul/messaging';
import type { Outcome } from './settle.js';

/** One partition of one log. */
export interface LogPlace {
  generation: number;
  topic: string;
  partition: number;
}

export interface LogPosition {
  next: bigint;
  /** SHA-256 of the value before `next`; null before the first. */
  lastHash: Buffer | null;
}

/** Outcome per source number, how many more (or fewer). */
export type Tally = Map<number, Partial<Record<Outcome, number>>>;

export function count(tally: Tally, source: number, outcome: Outcome, by = 1): void {
  const counters = tally.get(source) ?? {};
  counters[outcome] = (counters[outcome] ?? 0) + by;
  tally.set(source, counters);
}

/** First lock of every writer. Undefined before the first batch of the partition. */
export async function lockPosition(
  client: PoolClient,
  { generation, topic, partition }: LogPlace,
): Promise<LogPosition | undefined> {
  const { rows } = await client.query<{ next: string; lastHash: Buffer | null }>({
    name: 'lock-position',
    text: `SELECT next_offset AS next, last_hash AS "lastHash" FROM operations.log_position
           WHERE generation = $1 AND topic = $2 AND partition = $3 FOR UPDATE`,
    values: [generation, topic, partition],
  });
  const [row] = rows;
  return row && { next: BigInt(row.next), lastHash: row.lastHash };
}

/** First start ever: reading begins at `first`. Two processes may try at once. */
export async function createPosition(
  client: PoolClient,
  { generation, topic, partition }: LogPlace,
  first: bigint,
): Promise<void> {
  await client.query(
    `INSERT INTO operations.log_position (generation, topic, partition, first_offset, next_offset) VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (generation, topic, partition) DO NOTHING`,
    [generation, topic, partition, first.toString()],
  );
}

/** Moves on, if nobody else did; throws otherwise, and the transaction is rolled back. */
export async function movePosition(
  client: PoolClient,
  { generation, topic, partition }: LogPlace,
  move: { from: bigint; to: bigint; lastHash: Buffer | null },
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'move-position',
    text: `UPDATE operations.log_position SET next_offset = $5, last_hash = $6, moved_at = clock_timestamp()
           WHERE generation = $1 AND topic = $2 AND partition = $3 AND next_offset = $4`,
    values: [generation, topic, partition, move.from.toString(), move.to.toString(), move.lastHash],
  });
  if (rowCount !== 1) throw new Error(`The position of ${topic}/${partition} moved under its lock`);
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

/** The consumer's truth about where to read on. */
export class LogPositionStore implements Positions {
  constructor(
    private readonly database: Database,
    private readonly generation = 1,
  ) {}

  async next(topic: string, partition: number): Promise<bigint | undefined> {
    const { rows } = await this.database.pool.query<{ next: string }>(
      `SELECT next_offset AS next FROM operations.log_position WHERE generation = $1 AND topic = $2 AND partition = $3`,
      [this.generation, topic, partition],
    );
    return rows[0] && BigInt(rows[0].next);
  }
}
