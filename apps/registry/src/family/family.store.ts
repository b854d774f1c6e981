import type { Database } from '@simpul/database';

// Every event about a family that names one of these records as a further party, counted or not: only a roster that is
// still folded decides, so this may find too many, never too few.
const NAMING = `
SELECT DISTINCT e.record
FROM registry.event_party p
JOIN registry.service_event e ON e.appended_at = p.appended_at AND e.batch = p.batch AND e.place = p.place
JOIN registry.record r ON r.id = e.record AND r.kind = 'family'
WHERE p.record = ANY($1::uuid[]) AND NOT e.replaced
ORDER BY e.record`;

/** Finds the family records whose rosters may name someone. */
export class FamilyStore {
  constructor(private readonly database: Database) {}

  async listNaming(records: readonly string[]): Promise<string[]> {
    const { rows } = await this.database.pool.query<{ record: string }>({
      name: 'families-naming',
      text: NAMING,
      values: [records],
    });
    return rows.map((row) => row.record);
  }
}
