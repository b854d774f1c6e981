import type { Client } from 'pg';

/** Where the write-ahead log stands. */
export async function walPosition(owner: Client): Promise<string> {
  const { rows } = await owner.query<{ at: string }>('SELECT pg_current_wal_flush_lsn()::text AS at');
  return rows[0]?.at ?? '0/0';
}

/** Bytes of the log for each event between two positions, by what wrote them; page images are counted apart, as `page images`. */
export async function walByKind(
  owner: Client,
  { from, to, events }: { from: string; to: string; events: number },
): Promise<Record<string, number>> {
  await owner.query('CREATE EXTENSION IF NOT EXISTS pg_walinspect');
  const { rows } = await owner.query<{ kind: string; bytes: number; images: number }>(
    `SELECT "resource_manager/record_type" AS kind, record_size::float8 AS bytes, fpi_size::float8 AS images
     FROM pg_get_wal_stats($1, $2) WHERE count > 0`,
    [from, to],
  );
  const each = (bytes: number): number => Math.round(bytes / events);
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const told = rows.map(({ kind, bytes }): [string, number] => [`WAL of ${kind} B/event`, each(bytes)]);
  return Object.fromEntries([
    ...told.filter(([, value]) => value > 0),
    ['WAL of page images B/event', each(images)] as const,
  ]);
}
