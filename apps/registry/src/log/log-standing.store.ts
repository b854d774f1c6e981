import type { Database } from '@simpul/database';
import type { Halt, HaltCode, Positions, Standing, StandingOf } from '@simpul/messaging';
import { WHOLE_TOPIC } from './log-place.js';

interface Row {
  topic: string;
  partition: number;
  generation: number | null;
  next: string | null;
  lastHash: Buffer | null;
  code: HaltCode | null;
  detail: string | null;
  isPaused: boolean;
}

// One statement, so one snapshot: an order that opens a generation takes the halt away in the same moment.
const STANDINGS = `
SELECT topic, partition, p.generation, p.next_offset AS next, p.last_hash AS "lastHash", h.code, h.detail,
  q.topic IS NOT NULL AS "isPaused"
FROM (SELECT * FROM operations.log_position WHERE closed_at IS NULL) p
FULL JOIN operations.log_halt h USING (topic, partition)
FULL JOIN operations.log_pause q USING (topic, partition)`;

/** The consumer's truth about where to read on, and what operators ordered. */
export class LogStandingStore implements Positions {
  constructor(private readonly database: Database) {}

  async read(): Promise<StandingOf> {
    const { rows } = await this.database.pool.query<Row>({ name: 'log-standings', text: STANDINGS });
    const byPlace = new Map(rows.map((row) => [`${row.topic}/${row.partition}`, row]));
    return (topic, partition) => {
      const standing = toStanding(byPlace.get(`${topic}/${partition}`));
      return byPlace.has(`${topic}/${WHOLE_TOPIC}`) ? { ...standing, isPaused: true } : standing;
    };
  }

  /** A halt of a generation that an operator closed meanwhile is void. */
  async keepHalt(
    { topic, partition, generation }: { topic: string; partition: number; generation: number },
    { code, reason }: Halt,
  ): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO operations.log_halt (topic, partition, code, detail)
       SELECT $1, $2, $3, $4 WHERE NOT EXISTS (
         SELECT FROM operations.log_position WHERE topic = $1 AND partition = $2 AND generation > $5)
       ON CONFLICT (topic, partition) DO NOTHING`,
      [topic, partition, code, reason, generation],
    );
  }
}

function toStanding(row: Row | undefined): Standing {
  if (!row) return { generation: 1, isPaused: false };
  const { generation, next, lastHash, code, detail, isPaused } = row;
  return {
    generation: generation ?? 1,
    isPaused,
    ...(next !== null && { next: BigInt(next) }),
    ...(lastHash && { lastHash }),
    ...(code && { halt: { code, reason: detail ?? '' } }),
  };
}
