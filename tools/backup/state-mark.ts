import pg from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { stateHash } from '../../apps/registry/src/record/state-hash.store.js';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';

/** The state at one point of the WAL: what a restore up to that point must show again. */
export interface StateMark {
  /** Name of the restore point. */
  name: string;
  /** WAL segment with the restore point. */
  segment: string;
  markedAt: string;
  hash: string;
  records: number;
  revisions: number;
  /** The position of each partition there: topic, partition, next offset. */
  positions: Position[];
}

interface Position {
  generation: number;
  topic: string;
  partition: number;
  next: string;
}

interface Gate {
  snapshot: string;
  segment: string;
  markedAt: Date;
}

const TRIES = 20;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Marks a point of the WAL and computes the state there. Every writer of the state locks its row of log_position first: while that table is
 * locked whole, for milliseconds, no write is under way, so a snapshot taken then and the restore point are one and the same point.
 */
export async function markState(url: string, keys: Pick<RegistryKeys, 'wrapping'>): Promise<StateMark> {
  const gate = new pg.Client({ connectionString: url });
  const reader = new pg.Client({ connectionString: url });
  const name = `simpul ${new Date().toISOString()}`;
  try {
    await gate.connect();
    await reader.connect();
    const { snapshot, segment, markedAt } = await closeGate(gate, name);
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await reader.query(`SET TRANSACTION SNAPSHOT ${gate.escapeLiteral(snapshot)}`);
    await gate.query('COMMIT');
    const positions = await listPositions(reader);
    const state = await stateHash({ pool: reader }, keys);
    await reader.query('COMMIT');
    return { name, segment, markedAt: markedAt.toISOString(), ...state, positions };
  } finally {
    await gate.end();
    await reader.end();
  }
}

/** Gives up the wait for running writers soon, and tries again: those behind us must not wait long. */
async function closeGate(gate: pg.Client, name: string): Promise<Gate> {
  for (let tried = 1; ; tried += 1) {
    await gate.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    try {
      await gate.query("SET LOCAL lock_timeout = '300ms'");
      await gate.query('LOCK TABLE operations.log_position IN EXCLUSIVE MODE');
      const { rows } = await gate.query<Gate>(
        `SELECT pg_export_snapshot() AS snapshot, pg_walfile_name(pg_create_restore_point($1)) AS segment,
           clock_timestamp() AS "markedAt"`,
        [name],
      );
      if (!rows[0]) throw new Error('The server gave no restore point');
      return rows[0];
    } catch (error) {
      await gate.query('ROLLBACK');
      if (tried === TRIES || !(error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)) throw error;
      await delay(100 * tried);
    }
  }
}

async function listPositions(reader: pg.Client): Promise<Position[]> {
  const { rows } = await reader.query<Position>(
    `SELECT generation, topic, partition, next_offset AS next FROM operations.log_position ORDER BY 1, 2, 3`,
  );
  return rows;
}
