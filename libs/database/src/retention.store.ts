import type { Database } from './database.js';
import type { BoundedName } from './retention.js';

/** Rows of one transaction: short locks, and an interrupted run has done what it has done. */
const STEP = 10_000;

interface Statements {
  count: string;
  /** Takes $1 days and $2 rows at most. */
  step: string;
}

// The feed goes from its beginning only, in order: a gap in its numbers means loss to whoever reads it.
const FEED_END = `(SELECT first FROM registry.feed_batch WHERE committed_at >= now() - make_interval(days => $1) ORDER BY first LIMIT 1)`;
const LETTERS = `state IN ('repaired', 'set-aside') AND emptied_at IS NULL AND changed_at < now() - make_interval(days => $1)`;
const JOBS = `state <> 'running' AND changed_at < now() - make_interval(days => $1)`;
const LOOKS = `at < now() - make_interval(days => $1)`;

const deleting = (table: string, key: string, where: string, order = key): Statements => ({
  count: `SELECT count(*)::int AS count FROM ${table} WHERE ${where}`,
  step: `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT $2)`,
});

const STATEMENTS: Readonly<Record<BoundedName, Statements>> = {
  feed: deleting(
    'registry.feed_batch',
    'first',
    `first < coalesce(${FEED_END}, (SELECT n + 1 FROM registry.feed_head))`,
  ),
  accessEntries: deleting('access.access_entry', 'id', LOOKS, 'at'),
  letterBytes: {
    count: `SELECT count(*)::int AS count FROM operations.dead_letter WHERE ${LETTERS}`,
    step: `UPDATE operations.dead_letter SET key = NULL, value = NULL, kid = NULL, emptied_at = clock_timestamp()
           WHERE id IN (SELECT id FROM operations.dead_letter WHERE ${LETTERS} ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)`,
  },
  jobs: deleting('operations.replay', 'id', JOBS),
};

/** Keeps the declared retention, as the owner of the tables: the processes may delete none of this. */
export class RetentionStore {
  constructor(private readonly owner: Pick<Database, 'pool'>) {}

  /** Rows whose time is over. */
  async count(name: BoundedName, days: number): Promise<number> {
    const { rows } = await this.owner.pool.query<{ count: number }>(STATEMENTS[name].count, [days]);
    return rows[0]?.count ?? 0;
  }

  /** Takes them away in small transactions; gives how many. */
  async apply(name: BoundedName, days: number): Promise<number> {
    for (let total = 0; ;) {
      const { rowCount } = await this.owner.pool.query(STATEMENTS[name].step, [days, STEP]);
      if (!rowCount) return total;
      total += rowCount;
    }
  }
}
