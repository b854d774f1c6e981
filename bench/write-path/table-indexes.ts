import type { Client } from 'pg';

interface Index {
  name: string;
  table: string;
  /** If it is one of a constraint. */
  constraint: string | null;
  definition: string;
}

/** Drops all indexes and primary keys of the tables; gives the statements that make them again. */
export async function dropIndexes(owner: Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<Index>(
    `SELECT indexrelid::regclass::text AS name, indrelid::regclass::text AS table, conname AS constraint,
       coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(indexrelid)) AS definition
     FROM pg_index LEFT JOIN pg_constraint AS c ON c.conindid = indexrelid AND c.contype = 'p'
     WHERE indrelid = ANY ($1::regclass[])`,
    [tables],
  );
  for (const { name, table, constraint } of rows)
    await owner.query(
      constraint === null ? `DROP INDEX ${name}` : `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`,
    );
  // Of a partitioned table the definition names the parent alone; the index is made on all of it.
  return rows.map(({ table, constraint, definition }) =>
    constraint === null
      ? definition.replace(' ON ONLY ', ' ON ')
      : `ALTER TABLE ${table} ADD CONSTRAINT ${constraint} ${definition}`,
  );
}
