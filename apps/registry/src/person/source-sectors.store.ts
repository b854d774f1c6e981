import { isSector, type Sector } from '@simpul/contracts';
import type { Database } from '@simpul/database';

/** How long a change of a source's sectors may take to be seen here, ms. */
const REMEMBERED_MS = 10_000;

/** The sectors that each source is registered for; they decide its rank in views. */
export class SourceSectors {
  private known: ReadonlyMap<string, Sector[]> = new Map();
  private until = 0;

  constructor(private readonly database: Database) {}

  async sectorsOf(): Promise<ReadonlyMap<string, Sector[]>> {
    if (this.until > Date.now()) return this.known;
    const { rows } = await this.database.pool.query<{ name: string; sectors: string[] }>({
      name: 'source-sectors',
      text: 'SELECT name, sectors FROM access.source',
    });
    this.known = new Map(rows.map(({ name, sectors }) => [name, sectors.filter(isSector)]));
    this.until = Date.now() + REMEMBERED_MS;
    return this.known;
  }
}
