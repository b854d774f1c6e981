import type { Database } from '@simpul/database';

export const DEAD_LETTER_STATES = ['dead', 'waiting', 'repaired'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** A refused or held message, without its content. */
export interface DeadLetterRow {
  id: string;
  generation: number;
  topic: string;
  partition: number;
  offset: string;
  state: DeadLetterState;
  code: string;
  detail: unknown;
  source: string;
  kind: string | null;
  reference: string | null;
  revision: string | null;
  kid: string | null;
  firstSeen: Date;
  changedAt: Date;
}

export interface DeadLetterPage {
  source?: string;
  code?: string;
  state?: DeadLetterState;
  /** Only rows older than this one. */
  before?: string;
  limit: number;
}

const LISTING = `
SELECT d.id, d.generation, d.topic, d.partition, d."offset", d.state, d.code, d.detail, s.name AS source, k.name AS kind,
  d.reference, d.revision, d.kid, d.first_seen AS "firstSeen", d.changed_at AS "changedAt"
FROM operations.dead_letter d
JOIN registry.source_number s ON s.number = d.source
LEFT JOIN registry.kind_number k ON k.number = d.kind
WHERE ($1::text IS NULL OR s.name = $1) AND ($2::text IS NULL OR d.code = $2)
  AND ($3::text IS NULL OR d.state = $3::operations.dead_letter_state) AND ($4::bigint IS NULL OR d.id < $4)
ORDER BY d.id DESC LIMIT $5`;

/** Lists refused and held messages, newest first. Their raw bytes stay where they are. */
export class DeadLetterStore {
  constructor(private readonly database: Database) {}

  async list({ source, code, state, before, limit }: DeadLetterPage): Promise<DeadLetterRow[]> {
    const { rows } = await this.database.pool.query<DeadLetterRow>({
      name: 'dead-letters',
      text: LISTING,
      values: [source ?? null, code ?? null, state ?? null, before ?? null, limit],
    });
    return rows;
  }
}
