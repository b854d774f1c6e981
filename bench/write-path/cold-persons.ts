import type { Client } from 'pg';

/** Numbers for which rows are made: from a first one on. */
export interface ColdRange {
  from: number;
  count: number;
}

/** A made-up uuid for each number, spread over the whole range as ours are. */
const ID = `md5('cold' || n)::uuid`;
const BYTES = (count: number): string => `decode(repeat(md5('part' || n), ${Math.ceil(count / 16)}), 'hex')`;
const NUMBERS = 'generate_series($1::bigint, $1::bigint + $2::bigint - 1) AS n';

/**
 * Persons that nobody speaks of any more: a record, its key, an identifier, a statement and a body for each, with columns as full as those
 * that the ingest writes. Source 0, so that they are nobody's.
 */
const STATEMENTS = [
  `INSERT INTO registry.record (id, kind, source, linking, birth_year, sex, area, folded, batch)
   SELECT ${ID}, 'person', 0, md5('link' || n)::uuid, 1990, 'F', '31.74.09.1005', ${BYTES(700)}, -1 FROM ${NUMBERS}`,
  `INSERT INTO registry.record_key (record, wrapped, kek) SELECT ${ID}, ${BYTES(40)}, 'cold' FROM ${NUMBERS}`,
  `INSERT INTO registry.record_identifier (record, attribute, blind) SELECT ${ID}, 'nik', ${BYTES(32)} FROM ${NUMBERS}`,
  `INSERT INTO registry.statement (source, kind, reference, revision, digest, verdict, appended_at, batch, place)
   SELECT 0, 1, 'cold-' || n, 0, ${BYTES(32)}, 'applied', now(), -n, 0 FROM ${NUMBERS}`,
  `INSERT INTO registry.service_event (appended_at, batch, place, source, kind, reference, revision, type, record, time, recorded_time,
     received_time, withdrawn, repair, log_partition, log_offset, business_key, facts, sealed)
   SELECT now(), -n, 0, 0, 1, 'cold-' || n, 0, 'cold', ${ID}, now(), now(), now(), false, false, 0, n, ${BYTES(32)}, '{}', ${BYTES(300)}
   FROM ${NUMBERS}`,
];

export async function addColdPersons(owner: Client, { from, count }: ColdRange): Promise<void> {
  for (const text of STATEMENTS) await owner.query(text, [from, count]);
}
