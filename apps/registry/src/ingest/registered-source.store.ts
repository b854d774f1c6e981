import { isSector } from '@simpul/contracts';
import type { Sector } from '@simpul/contracts';
import type { Database } from '@simpul/database';

/**
 * Sectors that each registered source may report for. Asked for each batch, as it is one small table: so a new source counts at once. A source
 * that was switched off stays registered: what was accepted from it is applied.
 */
export class RegisteredSourceStore {
  constructor(private readonly database: Database) {}

  async listSectors(): Promise<ReadonlyMap<string, readonly Sector[]>> {
    const { rows } = await this.database.pool.query<{ name: string; sectors: string[] }>({
      name: 'registered-sources',
      text: 'SELECT name, sectors FROM access.source',
    });
    return new Map(rows.map(({ name, sectors }) => [name, sectors.filter(isSector)]));
  }
}
