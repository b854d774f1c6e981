import type { Database } from '@simpul/database';

/** A counted event of a person, once however often it was told. */
export interface TimelineRow {
  source: string;
  kind: string;
  reference: string;
  revision: string;
  type: string;
  /** What the person is to the event; `subject` before others. */
  roles: string[];
  record: string;
  aboutKind: 'person' | 'family' | 'statement';
  /** Person (family) that the event is about. */
  about: string;
  time: Date;
  recordedTime: Date;
  facts: unknown;
  /** All sources that told the same fact. */
  sources: string[];
  /** Place of the row in the order. */
  sourceNumber: number;
  kindNumber: number;
}

export interface TimelinePage {
  records: readonly string[];
  types: readonly string[];
  after?: readonly string[];
  limit: number;
}

// Counted: the highest applied revision of its statement, not withdrawn. The same fact told twice has one business key
// about one subject; the row that stands first in the order speaks for all of them. The order holds while pages are
// read: each statement has one counted revision, so (time, recorded time, source, kind, reference) is unique.
const TIMELINE = `
WITH mine AS MATERIALIZED (
  SELECT e.appended_at, e.batch, e.place, 'subject' AS role FROM registry.service_event e WHERE e.record = ANY($1::uuid[])
  UNION
  SELECT p.appended_at, p.batch, p.place, p.role FROM registry.event_party p WHERE p.record = ANY($1::uuid[])
), named AS MATERIALIZED (
  SELECT appended_at, batch, place, array_agg(role ORDER BY role <> 'subject', role) AS roles
  FROM mine GROUP BY appended_at, batch, place
), counted AS MATERIALIZED (
  SELECT e.*, n.roles, r.kind AS about_kind, coalesce(r.linking, r.id) AS about
  FROM named n
  JOIN registry.service_event e ON e.appended_at = n.appended_at AND e.batch = n.batch AND e.place = n.place
  JOIN registry.record r ON r.id = e.record
  WHERE NOT e.replaced AND NOT e.withdrawn AND e.type = ANY($2::text[])
    AND NOT EXISTS (SELECT FROM registry.statement s WHERE s.source = e.source AND s.kind = e.kind
      AND s.reference = e.reference AND s.revision > e.revision AND s.verdict = 'applied')
    AND NOT EXISTS (SELECT FROM registry.statement_revision s WHERE s.source = e.source AND s.kind = e.kind
      AND s.reference = e.reference AND s.revision > e.revision AND s.verdict = 'applied')
), told AS (
  SELECT c.*, array_agg(c.source) OVER (PARTITION BY c.about, c.business_key) AS tellers,
    row_number() OVER (PARTITION BY c.about, c.business_key
      ORDER BY c.time DESC, c.recorded_time DESC, c.source DESC, c.kind DESC, c.reference DESC) AS telling
  FROM counted c
)
SELECT s.name AS source, k.name AS kind, t.reference, t.revision, t.type, t.roles, t.record, t.about, t.about_kind AS "aboutKind",
  t.time, t.recorded_time AS "recordedTime", t.facts, t.source AS "sourceNumber", t.kind AS "kindNumber",
  (SELECT array_agg(DISTINCT n.name ORDER BY n.name) FROM registry.source_number n WHERE n.number = ANY(t.tellers)) AS sources
FROM told t
JOIN registry.source_number s ON s.number = t.source
JOIN registry.kind_number k ON k.number = t.kind
WHERE t.telling = 1 AND ($3::timestamptz IS NULL
  OR (t.time, t.recorded_time, t.source, t.kind, t.reference) < ($3::timestamptz, $4::timestamptz, $5::smallint, $6::smallint, $7::text COLLATE "C"))
ORDER BY t.time DESC, t.recorded_time DESC, t.source DESC, t.kind DESC, t.reference DESC
LIMIT $8`;

const FIRST_PAGE = [null, null, null, null, null];

/** Reads events of everyone concerned, newest first. */
export class TimelineStore {
  constructor(private readonly database: Database) {}

  async listEvents(page: TimelinePage): Promise<TimelineRow[]> {
    const { rows } = await this.database.pool.query<TimelineRow>({
      name: 'timeline',
      text: TIMELINE,
      values: [page.records, page.types, ...(page.after ?? FIRST_PAGE), page.limit],
    });
    return rows;
  }
}

/** The key of a row, as a cursor carries it. */
export function timelineKey(row: TimelineRow): string[] {
  const times = [row.time.toISOString(), row.recordedTime.toISOString()];
  return [...times, String(row.sourceNumber), String(row.kindNumber), row.reference];
}
