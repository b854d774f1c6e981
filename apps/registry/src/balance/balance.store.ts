import type { Database } from '@simpul/database';

export const COUNTERS = ['applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting'] as const;
export type Counter = (typeof COUNTERS)[number];

/** A partition's position with one source's counters; counts are PostgreSQL bigints as text. */
export type CounterRow = {
  generation: number;
  topic: string;
  partition: number;
  first: string;
  next: string;
  movedAt: Date;
  source: string | null;
} & Record<Counter, string | null>;

export interface HeldCount {
  state: 'dead' | 'waiting' | 'repaired';
  code: string;
  count: string;
}

const POSITIONS = `
SELECT p.generation, p.topic, p.partition, p.first_offset AS first, p.next_offset AS next, p.moved_at AS "movedAt",
  s.name AS source, c.applied, c.duplicate, c.repaired, c.conflict, c.dead, c.waiting
FROM operations.log_position p
LEFT JOIN operations.log_counter c ON c.generation = p.generation AND c.topic = p.topic AND c.partition = p.partition
LEFT JOIN registry.source_number s ON s.number = c.source
ORDER BY p.generation, p.topic, p.partition, s.name`;

const HELD = `SELECT state, code, count(*) AS count FROM operations.dead_letter GROUP BY state, code ORDER BY state, code`;

/** Reads positions with their counters. One statement, so one snapshot: the equation must hold in it. */
export class BalanceStore {
  constructor(private readonly database: Database) {}

  async listPositions(): Promise<CounterRow[]> {
    return (await this.database.pool.query<CounterRow>(POSITIONS)).rows;
  }

  async countHeld(): Promise<HeldCount[]> {
    return (await this.database.pool.query<HeldCount>(HELD)).rows;
  }
}
