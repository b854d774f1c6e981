import type { Database } from '@simpul/database';
import { countWaiting } from '../ingest/waiting-letter.store.js';

/** How many, by the code of the reason or by what they wait for. */
export type HeldCounts = ReadonlyMap<string, number>;

/** Counts the messages that somebody has to do something about. */
export class HeldCountStore {
  constructor(private readonly database: Pick<Database, 'pool'>) {}

  /** By code; without those that are repaired or set aside. */
  async countDead(): Promise<HeldCounts> {
    const { rows } = await this.database.pool.query<{ code: string; count: number }>(
      `SELECT code, count(*)::int AS count FROM operations.dead_letter WHERE state = 'dead' GROUP BY code ORDER BY code`,
    );
    return new Map(rows.map(({ code, count }) => [code, count]));
  }

  /** By what they wait for: `key:registry-2`; `unknown` where nothing is known of it. */
  async countWaiting(): Promise<HeldCounts> {
    const waiting = new Map<string, number>();
    for (const { lacks, count } of await countWaiting(this.database.pool))
      waiting.set(lacks ?? 'unknown', (waiting.get(lacks ?? 'unknown') ?? 0) + count);
    return waiting;
  }
}
