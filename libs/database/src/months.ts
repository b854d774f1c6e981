import type { Client } from 'pg';

type Connection = Pick<Client, 'query'>;

/** The tables that are parted by month of append time. */
export const MONTHLY = ['service_event', 'event_party'] as const;

// Every partition is one more index to probe when a record is looked up, so only a few are made ahead; later rows fall into DEFAULT.
const MONTHS_AHEAD = 6;
/** Younger months are written to. */
const AT_REST_MONTHS = 3;

/** Partition of one month of one table. */
export interface MonthPart {
  table: string;
  /** `2026-11`; `default` for what has no month of its own. */
  month: string;
  /** With indexes. */
  bytes: number;
  tablespace: string;
  isEmpty: boolean;
}

/** Makes the partitions from this month on, and gives the names of those that it made. A month with rows in the default partition stays there. */
export async function ensureMonths(client: Connection, today: Date, ahead = MONTHS_AHEAD): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < ahead; n++) {
    for (const table of MONTHLY) {
      const name = await makeMonth(client, table, firstOf(today, n), firstOf(today, n + 1));
      if (name !== undefined) made.push(name);
    }
  }
  return made;
}

/** Months from this one on that have their partitions in both tables, without a gap: below 2 the next month's rows fall into DEFAULT. */
export async function countMonthsAhead(client: Connection, today: Date): Promise<number> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent IN ('registry.service_event'::regclass, 'registry.event_party'::regclass)`,
  );
  const there = new Set(rows.map(({ name }) => name));
  for (let n = 0; ; n++) {
    if (!MONTHLY.every((table) => there.has(partName(table, monthOf(firstOf(today, n)))))) return n;
  }
}

/** Oldest first. */
export async function listMonths(client: Connection): Promise<MonthPart[]> {
  const { rows } = await client.query<{ table: string; month: string; bytes: string; tablespace: string }>(
    `SELECT p.relname AS table, replace(substr(c.relname, length(p.relname) + 2), '_', '-') AS month,
       pg_total_relation_size(c.oid) AS bytes, coalesce(t.spcname, 'pg_default') AS tablespace
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
     LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
     WHERE p.oid IN ('registry.service_event'::regclass, 'registry.event_party'::regclass) ORDER BY month, "table" DESC`,
  );
  const parts: MonthPart[] = [];
  for (const row of rows) {
    const { rows: some } = await client.query<{ any: boolean }>(
      `SELECT EXISTS (SELECT FROM registry.${row.table}_${row.month.replace('-', '_')}) AS any`,
    );
    parts.push({ ...row, bytes: Number(row.bytes), isEmpty: !some[0]?.any });
  }
  return parts;
}

/** `young`: it may still be written to. */
export type MoveRefusal = 'no-month' | 'young' | 'no-tablespace';

export async function findMoveRefusal(
  client: Connection,
  month: string,
  tablespace: string,
  today: Date,
): Promise<MoveRefusal | undefined> {
  const parts = (await listMonths(client)).filter((part) => part.month === month);
  if (!/^\d{4}-\d{2}$/u.test(month) || parts.length === 0) return 'no-month';
  if (month > monthOf(firstOf(today, -AT_REST_MONTHS))) return 'young';
  const { rowCount } = await client.query('SELECT FROM pg_tablespace WHERE spcname = $1', [tablespace]);
  return rowCount ? undefined : 'no-tablespace';
}

/**
 * Moves the partitions of a month and their indexes to another tablespace, one transaction per table. Queries work on as before; while a
 * table is copied whoever reads or changes bodies waits. Gives up after 3 s where the table is in use. The caller has asked findMoveRefusal.
 */
export async function moveMonth(client: Client, month: string, tablespace: string): Promise<void> {
  const space = client.escapeIdentifier(tablespace);
  for (const table of MONTHLY) {
    const name = partName(table, month);
    const { rows } = await client.query<{ index: string }>(
      `SELECT indexrelid::regclass::text AS index FROM pg_index WHERE indrelid = to_regclass($1) ORDER BY 1`,
      [`registry.${name}`],
    );
    const moves = rows.map(({ index }) => `ALTER INDEX ${index} SET TABLESPACE ${space};`).join('\n');
    await client.query(`
      BEGIN;
      SET LOCAL lock_timeout = '3s';
      ALTER TABLE registry.${client.escapeIdentifier(name)} SET TABLESPACE ${space};
      ${moves}
      COMMIT`);
  }
}

const firstOf = (today: Date, ahead: number): Date =>
  new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead));
const monthOf = (date: Date): string => date.toISOString().slice(0, 7);
const partName = (table: string, month: string): string => `${table}_${month.replace('-', '_')}`;

async function makeMonth(client: Connection, table: string, from: Date, to: Date): Promise<string | undefined> {
  const name = partName(table, monthOf(from));
  const { rows } = await client.query<{ done: boolean }>(
    `SELECT to_regclass('registry.${name}') IS NOT NULL
       OR EXISTS (SELECT FROM registry.${table}_default WHERE appended_at >= $1 AND appended_at < $2) AS done`,
    [from, to],
  );
  if (rows[0]?.done) return undefined;
  await client.query(
    `CREATE TABLE registry.${name} PARTITION OF registry.${table}
       FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
  );
  return name;
}
