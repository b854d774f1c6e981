import type { Database } from '@simpul/database';

type Table = 'source_number' | 'kind_number';

/** Numbers of sources and kinds: given once, at first sight, outside the ingest transaction; so a rolled back batch keeps them. */
export class NameNumberStore {
  private known = nothingKnown();
  private lineage = 0;

  constructor(private readonly database: Database) {}

  async numberSources(names: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    return await this.numbersOf('source_number', names);
  }

  async numberKinds(names: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    return await this.numbersOf('kind_number', names);
  }

  private async numbersOf(table: Table, names: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    if (this.lineage !== this.database.lineage) {
      this.known = nothingKnown();
      this.lineage = this.database.lineage;
    }
    const known = this.known[table];
    const missing = [...new Set(names)].filter((name) => !known.has(name)).toSorted();
    if (missing.length > 0) for (const [name, number] of await this.give(table, missing)) known.set(name, number);
    return known;
  }

  private async give(table: Table, names: string[]): Promise<Map<string, number>> {
    await this.database.pool.query(
      `INSERT INTO registry.${table} (name)
         SELECT name FROM unnest($1::text[]) AS u (name)
         WHERE NOT EXISTS (SELECT FROM registry.${table} t WHERE t.name = u.name COLLATE "C")
         ORDER BY name ON CONFLICT (name) DO NOTHING`,
      [names],
    );
    const { rows } = await this.database.pool.query<{ number: number; name: string }>(
      `SELECT number, name FROM registry.${table} WHERE name = ANY($1::text[])`,
      [names],
    );
    return new Map(rows.map(({ number, name }) => [name, number]));
  }
}

const nothingKnown = () => ({ source_number: new Map<string, number>(), kind_number: new Map<string, number>() });
