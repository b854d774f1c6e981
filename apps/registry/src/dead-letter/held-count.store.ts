import type { Database } from '@simpul/database';

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

  /** Refused for good within the last hour, by source; only those with more than so many. */
  async countFailingSources(more: number): Promise<HeldCounts> {
    const { rows } = await this.database.pool.query<{ source: string; count: number }>(
      `SELECT s.name AS source, count(*)::int AS count FROM operations.dead_letter d JOIN registry.source_number s ON s.number = d.source
       WHERE d.first_seen > now() - interval '1 hour' AND d.state <> 'waiting' GROUP BY s.name HAVING count(*) > $1 ORDER BY s.name`,
      [more],
    );
    return new Map(rows.map(({ source, count }) => [source, count]));
  }

  /** By what they wait for: `key:registry-2`; `unknown` where nothing is known of it. */
  async countWaiting(): Promise<HeldCounts> {
    const { rows } = await this.database.pool.query<{ lacks: string; count: number }>(
      `SELECT lacks, count(*)::int AS count FROM operations.dead_letter WHERE state = 'waiting' GROUP BY lacks ORDER BY lacks`,
    );
    return new Map(rows.map(({ lacks, count }) => [lacks || 'unknown', count]));
  }
}
