import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { EntityConnection } from './entity-connection.js';

/** A column as the database has it. `isKey` is null in a partitioned table: those have no key, their entity's is only an address. */
interface StoredColumn {
  name: string;
  type: string;
  nullable: boolean;
  isKey: boolean | null;
  labels: string[] | null;
}

const STORED = `
SELECT format('%s.%s.%s', n.nspname, c.relname, a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type,
  NOT a.attnotnull AS nullable, CASE WHEN c.relkind = 'r' THEN coalesce(a.attnum = ANY (i.indkey), false) END AS "isKey",
  (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid) AS labels
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE n.nspname IN ('registry', 'access', 'operations') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relname NOT IN ('schema_migration', 'schema_compatibility') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1`;

/** Where entities and migrated tables differ in columns, types, nullability or primary keys. The tables are made by the migrations alone. */
export async function checkEntities(connection: EntityConnection): Promise<string[]> {
  const { dataSource } = await connection.manager();
  const stored = new Map((await dataSource.query<StoredColumn[]>(STORED)).map((column) => [column.name, column]));
  const described = describedColumns(dataSource);
  const findings = [...new Set([...stored.keys(), ...described.keys()])]
    .toSorted()
    .map((name) => compare(name, stored.get(name), described.get(name)));
  return findings.filter((finding) => finding !== undefined);
}

type Described = Omit<StoredColumn, 'name'> & { isKey: boolean };

function describedColumns(source: DataSource): Map<string, Described> {
  const toEntry = (entity: EntityMetadata, column: ColumnMetadata): [string, Described] => [
    `${entity.tablePath}.${column.databaseName}`,
    {
      type: (column.enumName ?? source.driver.normalizeType(column)) + (column.isArray ? '[]' : ''),
      nullable: column.isNullable,
      isKey: column.isPrimary,
      labels: column.enum?.map(String) ?? null,
    },
  ];
  return new Map(source.entityMetadatas.flatMap((entity) => entity.columns.map((column) => toEntry(entity, column))));
}

function compare(name: string, stored?: StoredColumn, described?: Described): string | undefined {
  if (!described) return `${name} is in no entity`;
  if (!stored) return `${name} is in an entity, and not in the database`;
  const expected = toWords({ ...described, isKey: stored.isKey === null ? null : described.isKey });
  const actual = toWords(stored);
  return actual === expected ? undefined : `${name} is ${actual}; its entity says ${expected}`;
}

function toWords({ type, nullable, isKey, labels }: Omit<StoredColumn, 'name'>): string {
  const words = [labels ? `${type} (${labels.join(', ')})` : type, nullable ? 'null' : 'not null'];
  return [...words, ...(isKey ? ['primary key'] : [])].join(' ');
}
