import { text } from 'node:stream/consumers';
import type { Client } from 'pg';
import { to } from 'pg-copy-streams';

/** Rows of one table in the text form of COPY. */
export interface CopySlice {
  table: string;
  rows: string;
}

/** All that an ingest writes, but the numbers of names and the head of the feed, which are one row each. */
const WRITTEN = [
  'registry.statement',
  'registry.statement_revision',
  'registry.service_event',
  'registry.event_party',
  'registry.record',
  'registry.record_identifier',
  'registry.record_key',
  'registry.feed_batch',
  'operations.log_position',
  'operations.log_counter',
  'operations.dead_letter',
];

/** As before the first event, and with nothing left to do for the server. */
export async function emptyTables(owner: Client): Promise<void> {
  await owner.query(`TRUNCATE ${WRITTEN.join(', ')} CASCADE`);
  await owner.query('UPDATE registry.feed_head SET n = 0');
  await owner.query('VACUUM registry.feed_head');
  await owner.query('CHECKPOINT');
}

/** The rows that stand in all tables now, in so many slices of equal size for each table. */
export async function readSlices(owner: Client, steps: number): Promise<CopySlice[][]> {
  const slices = Array.from({ length: steps }, (): CopySlice[] => []);
  for (const table of WRITTEN) {
    const whole = await text(owner.query(to(`COPY (SELECT * FROM ${table}) TO STDOUT`)));
    const lines = whole.split('\n').slice(0, -1);
    for (const [step, slice] of slices.entries()) {
      const rows = lines.slice(cut(lines.length, step, steps), cut(lines.length, step + 1, steps));
      if (rows.length > 0) slice.push({ table, rows: `${rows.join('\n')}\n` });
    }
  }
  return slices;
}

const cut = (length: number, step: number, steps: number): number => Math.round((length * step) / steps);

/** Bytes of all tables with their indexes. */
export async function readTableBytes(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ bytes: string }>(
    // A table without partitions has no tree.
    `SELECT sum(pg_total_relation_size(t.relid)) AS bytes FROM unnest($1::text[]) AS n (name),
       LATERAL (SELECT n.name::regclass AS relid UNION SELECT relid FROM pg_partition_tree(n.name::regclass)) AS t`,
    [WRITTEN],
  );
  return Number(rows[0]?.bytes);
}

/** Where the write-ahead log stands, in bytes. */
export async function readWal(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ at: string }>(`SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS at`);
  return Number(rows[0]?.at);
}
