import type { Database } from '@simpul/database';

/** A look as it was written down. */
export interface AccessEntryRow {
  id: string;
  at: Date;
  /** `at` in full, microseconds: the order needs them. */
  exact: string;
  records: string[];
  isMiss: boolean;
  client: string;
  source: string;
  purpose: string;
  basis: string;
  groups: string[];
  route: string;
  requestId: string;
  traceId: string;
}

export interface AccessEntryPage {
  source?: string;
  purpose?: string;
  /** [exact time, id] of the last row shown. */
  after?: readonly string[];
  limit: number;
}

const LISTING = `
SELECT id, at, at::text AS exact, records, missed IS NOT NULL AS "isMiss", client, source, purpose, basis, groups, route,
  request_id AS "requestId", trace_id AS "traceId"
FROM access.access_entry
WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR purpose = $2)
  AND ($3::timestamptz IS NULL OR at < $3::timestamptz OR (at = $3::timestamptz AND id > $4::uuid))
ORDER BY at DESC, id LIMIT $5`;

/** Lists looks, newest first. */
export class AccessEntryStore {
  constructor(private readonly database: Database) {}

  async list({ source, purpose, after, limit }: AccessEntryPage): Promise<AccessEntryRow[]> {
    const { rows } = await this.database.pool.query<AccessEntryRow>({
      name: 'access-entries',
      text: LISTING,
      values: [source ?? null, purpose ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
    });
    return rows;
  }
}
