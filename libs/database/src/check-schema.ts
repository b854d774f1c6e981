import type { Database } from './database.js';

/** Differences between the database and what the migrations promise: columns without a comment, and a month, this one or the next, without a partition. */
export async function checkSchema(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ finding: string }>(`
    SELECT format('%s.%s.%s has no comment', n.nspname, c.relname, a.attname) AS finding
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('registry', 'operations') AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0
      AND NOT a.attisdropped AND c.relname <> 'schema_migration' AND col_description(c.oid, a.attnum) IS NULL
    UNION ALL
    SELECT format('registry.%s has no partition for %s: run npm run months -- ensure', t, to_char(month, 'YYYY-MM'))
    FROM unnest(ARRAY['service_event', 'event_party']) t,
      generate_series(date_trunc('month', now() AT TIME ZONE 'UTC'), now() AT TIME ZONE 'UTC' + interval '1 month', '1 month') month
    WHERE to_regclass(format('registry.%s_%s', t, to_char(month, 'YYYY_MM'))) IS NULL
    ORDER BY 1`);
  return rows.map((row) => row.finding);
}
