import type { PoolClient } from 'pg';
import type { Database } from '@simpul/database';
import type { RebuildRow } from './rebuild.entity.js';
import { emptyShadow } from './shadow.store.js';
import type { Differences } from './shadow.store.js';

const COLUMNS = `id, state, asked_by AS "askedBy", total, done, events, folded_to AS "foldedTo", differing, attributes, sample,
  created_at AS "createdAt", changed_at AS "changedAt"`;

/** Jobs that fold all records anew, as operators make, watch and cancel them. */
export class RebuildStore {
  constructor(private readonly database: Database) {}

  /** The one that is under way. */
  async findFolding(): Promise<RebuildRow | undefined> {
    const [row] = await this.ask(`SELECT ${COLUMNS} FROM operations.rebuild WHERE state = 'folding'`);
    return row;
  }

  /** How long the one that is under way has made no progress. */
  async findIdleSeconds(): Promise<number | undefined> {
    const { rows } = await this.database.pool.query<{ idle: number }>(
      `SELECT extract(epoch FROM clock_timestamp() - changed_at)::float8 AS idle FROM operations.rebuild WHERE state = 'folding'`,
    );
    return rows[0]?.idle;
  }

  async find(id: string): Promise<RebuildRow | undefined> {
    const [row] = await this.ask(`SELECT ${COLUMNS} FROM operations.rebuild WHERE id = $1`, [id]);
    return row;
  }

  /** The last one that came to its end. */
  async findLastEnded(): Promise<RebuildRow | undefined> {
    const [row] = await this.ask(
      `SELECT ${COLUMNS} FROM operations.rebuild WHERE state IN ('identical', 'differs', 'mended') ORDER BY id DESC LIMIT 1`,
    );
    return row;
  }

  /** Newest first. */
  async list(before: string | undefined, limit: number): Promise<RebuildRow[]> {
    return await this.ask(
      `SELECT ${COLUMNS} FROM operations.rebuild WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before, limit],
    );
  }

  /** From its commit on every writer notes what it touches: those who did not know of it have ended by then. */
  async create(askedBy: string): Promise<RebuildRow> {
    const { rows } = await this.database.pool.query<{ n: string }>('SELECT count(*) AS n FROM registry.record');
    return await this.database.transaction(async (client) => {
      await stopWriters(client);
      await emptyShadow(client);
      const made = await client.query<RebuildRow>(
        `INSERT INTO operations.rebuild (asked_by, total) VALUES ($1, $2) RETURNING ${COLUMNS}`,
        [askedBy, rows[0]?.n],
      );
      const [row] = made.rows;
      if (!row) throw new Error('The rebuild was not made');
      return row;
    });
  }

  /** False: it is not under way. */
  async cancel(id: string): Promise<boolean> {
    return await this.database.transaction(async (client) => {
      const { rowCount } = await client.query(
        `UPDATE operations.rebuild SET state = 'cancelled', changed_at = clock_timestamp() WHERE id = $1 AND state = 'folding'`,
        [id],
      );
      if (rowCount !== 1) return false;
      await emptyShadow(client);
      return true;
    });
  }

  private async ask(text: string, values: unknown[] = []): Promise<RebuildRow[]> {
    const { rows } = await this.database.pool.query<RebuildRow>(text, values);
    return rows;
  }
}

/**
 * Waits until those who write have ended; until the end of this transaction nobody begins, not on a new partition either. A position's row
 * is the first lock of every writer, and this is one lock for all of those rows, also of those yet to come. Readers are not touched.
 */
export async function stopWriters(client: PoolClient): Promise<void> {
  await client.query('LOCK TABLE operations.log_position IN EXCLUSIVE MODE');
}

export async function noteProgress(
  client: PoolClient,
  id: string,
  { foldedTo, records, events }: { foldedTo: string; records: number; events: number },
): Promise<void> {
  await change(client, id, 'folded_to = $2, done = done + $3, events = events + $4', [foldedTo, records, events]);
}

/** What was folded once more counts for nothing; that it was done shows that somebody is at it. */
export async function noteCatchingUp(client: PoolClient, id: string): Promise<void> {
  await change(client, id, 'done = done', []);
}

export async function endRebuild(
  client: PoolClient,
  id: string,
  state: 'identical' | 'differs' | 'mended',
  { differing, attributes, sample }: Differences,
): Promise<void> {
  await change(client, id, 'state = $2::operations.rebuild_state, differing = $3, attributes = $4, sample = $5', [
    state,
    differing,
    JSON.stringify(attributes),
    JSON.stringify(sample),
  ]);
}

async function change(client: PoolClient, id: string, assignments: string, values: unknown[]): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE operations.rebuild SET ${assignments}, changed_at = clock_timestamp() WHERE id = $1 AND state = 'folding'`,
    [id, ...values],
  );
  if (rowCount !== 1) throw new Error(`Rebuild ${id} is no longer under way`);
}
