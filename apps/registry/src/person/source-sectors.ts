import type { Sector } from '@simpul/contracts';
import type { RegisteredSourceStore } from '../ingest/registered-source.store.js';

/** How long a change of a source's sectors may take to be seen here, ms. */
const REMEMBERED_MS = 10_000;

/** The sectors that each source is registered for, remembered for a while; they decide its rank in views. */
export class SourceSectors {
  private known: ReadonlyMap<string, readonly Sector[]> = new Map();
  private until = 0;

  constructor(private readonly sources: RegisteredSourceStore) {}

  async sectorsOf(): Promise<ReadonlyMap<string, readonly Sector[]>> {
    if (this.until > performance.now()) return this.known;
    this.known = await this.sources.listSectors();
    this.until = performance.now() + REMEMBERED_MS;
    return this.known;
  }
}
