import { ProblemError } from '@simpul/contracts';
import type { Database } from '@simpul/database';
import type { PoolClient } from 'pg';
import { lockPosition } from '../ingest/log-position.store.js';
import type { LogPosition } from '../ingest/log-position.store.js';
import { patiently } from '../ingest/patiently.js';
import { WHOLE_TOPIC } from './log-place.js';
import type { LogTarget } from './log-place.js';

/** A current position with what holds it. Offsets are bigints. */
export interface LogPartitionRow {
  topic: string;
  partition: number;
  generation: number;
  first: bigint;
  next: bigint;
  movedAt: Date;
  appendedAt: Date | null;
  skipTo: bigint | null;
  fenced: bigint;
  halt: { code: string; detail: string; at: Date } | null;
  pause: { reason: string; by: string; at: Date; isWholeTopic: boolean } | null;
}

type StoredRow = Omit<LogPartitionRow, 'first' | 'next' | 'skipTo' | 'fenced' | 'halt' | 'pause'> & {
  first: string;
  next: string;
  skipTo: string | null;
  fenced: string;
  haltCode: string | null;
  haltDetail: string;
  haltAt: Date;
  pauseReason: string | null;
  pauseBy: string;
  pauseAt: Date;
  pausePartition: number;
};

const CURRENT = `
SELECT p.topic, p.partition, p.generation, p.first_offset AS first, p.next_offset AS next, p.moved_at AS "movedAt",
  p.appended_at AS "appendedAt", p.skip_to AS "skipTo", p.fenced, h.code AS "haltCode", h.detail AS "haltDetail", h.halted_at AS "haltAt",
  q.reason AS "pauseReason", q.paused_by AS "pauseBy", q.paused_at AS "pauseAt", q.partition AS "pausePartition"
FROM operations.log_position p
LEFT JOIN operations.log_halt h ON h.topic = p.topic AND h.partition = p.partition
LEFT JOIN LATERAL (SELECT * FROM operations.log_pause q WHERE q.topic = p.topic AND q.partition IN (p.partition, ${WHOLE_TOPIC})
  ORDER BY q.partition LIMIT 1) q ON true
WHERE p.closed_at IS NULL ORDER BY p.topic, p.partition`;

const PATIENCE = { attempts: 10, pauseMs: 0 };

/** Writes what operators order about the log. Running consumers look each second. */
export class LogOrderStore {
  constructor(private readonly database: Database) {}

  async list(): Promise<LogPartitionRow[]> {
    const { rows } = await this.database.pool.query<StoredRow>({ name: 'log-partitions', text: CURRENT });
    return rows.map(toRow);
  }

  async pause({ topic, partition }: LogTarget, reason: string, by: string): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO operations.log_pause (topic, partition, reason, paused_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (topic, partition) DO UPDATE SET reason = excluded.reason, paused_by = excluded.paused_by`,
      [topic, partition, reason, by],
    );
  }

  /** Takes pauses and halts away: what still contradicts the log halts again. A whole topic: all of it. */
  async resume({ topic, partition }: LogTarget): Promise<void> {
    const where = 'topic = $1 AND (partition = $2 OR $2 = $3)';
    await this.database.transaction(async (client) => {
      for (const table of ['log_pause', 'log_halt'])
        await client.query(`DELETE FROM operations.${table} WHERE ${where}`, [topic, partition, WHOLE_TOPIC]);
    });
  }

  /** Closes the current generation and opens the next one, which is read from `first` on. Gives its number. */
  async openGeneration(target: LogTarget, first: bigint, by: string): Promise<number> {
    return await this.underLock(target, async (client, { generation }) => {
      const { topic, partition } = target;
      await client.query(
        `UPDATE operations.log_position SET closed_at = clock_timestamp(), skip_to = NULL
         WHERE topic = $1 AND partition = $2 AND generation = $3`,
        [topic, partition, generation],
      );
      await client.query(
        `INSERT INTO operations.log_position (generation, topic, partition, first_offset, next_offset, opened_by)
         VALUES ($3, $1, $2, $4, $4, $5)`,
        [topic, partition, generation + 1, first.toString(), by],
      );
      return generation + 1;
    });
  }

  /** From here to before `to` nothing is applied; the consumer passes it and keeps each message as a dead letter. */
  async orderSkip(target: LogTarget, to: bigint): Promise<void> {
    await this.underLock(target, async (client, { next }) => {
      if (to <= next) throw new ProblemError('log.offset');
      await client.query(
        `UPDATE operations.log_position SET skip_to = $3 WHERE topic = $1 AND partition = $2 AND closed_at IS NULL`,
        [target.topic, target.partition, to.toString()],
      );
    });
  }

  /** The position is every writer's first lock, so no batch is half applied while `work` runs. A halt goes: somebody has looked. */
  private async underLock<T>(
    target: LogTarget,
    work: (client: PoolClient, position: LogPosition) => Promise<T>,
  ): Promise<T> {
    return await patiently(PATIENCE, () =>
      this.database.transaction(async (client) => {
        const position = await lockPosition(client, target);
        if (!position) throw new ProblemError('log.no-partition');
        const result = await work(client, position);
        await client.query(`DELETE FROM operations.log_halt WHERE topic = $1 AND partition = $2`, [
          target.topic,
          target.partition,
        ]);
        return result;
      }),
    );
  }
}

function toRow(row: StoredRow): LogPartitionRow {
  const { haltCode, haltDetail, haltAt, pauseReason, pauseBy, pauseAt, pausePartition, ...rest } = row;
  return {
    ...rest,
    first: BigInt(row.first),
    next: BigInt(row.next),
    skipTo: row.skipTo === null ? null : BigInt(row.skipTo),
    fenced: BigInt(row.fenced),
    halt: haltCode === null ? null : { code: haltCode, detail: haltDetail, at: haltAt },
    pause:
      pauseReason === null
        ? null
        : { reason: pauseReason, by: pauseBy, at: pauseAt, isWholeTopic: pausePartition === WHOLE_TOPIC },
  };
}
