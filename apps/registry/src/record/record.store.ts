import type { KeyObject } from 'node:crypto';
import { createHmac256 } from '@simpul/identifiers';
import type { RecordKind } from '@simpul/contracts';
import { type Database, Gathering } from '@simpul/database';
import { openFolded } from './folded-part.js';
import { NOTHING } from './record.fold.js';
import type { Folded } from './record.fold.js';
import type { RegistryKeys } from './registry-keys.js';
import { unwrapDataKey } from './sealed-part.js';

export type { RecordKind };

/** A record as it stands; what identifies is still sealed in it. */
export interface RecordRow {
  id: string;
  kind: RecordKind;
  /** Name of the source. */
  source: string;
  /** Id of the person (family) that its NIK (KK) links it to; null: it stands alone, and its own id is the person's id. */
  linking: string | null;
  birthYear: number | null;
  sex: 'F' | 'M' | null;
  area: string | null;
  vitalStatus: string | null;
  folded: Buffer | null;
  wrapped: Buffer | null;
  kek: string | null;
}

const COLUMNS = `r.id, r.kind, s.name AS source, r.linking, r.birth_year AS "birthYear", r.sex, r.area, r.vital_status AS "vitalStatus",
  r.folded, k.wrapped, k.kek`;
const TABLES = `registry.record r JOIN registry.source_number s ON s.number = r.source LEFT JOIN registry.record_key k ON k.record = r.id`;

// The same two ways to a person's records as above, for many persons, each of whom several records may have led to.
const PERSONS = `SELECT person.place::int, ${COLUMNS}
  FROM (
    SELECT DISTINCT asked.place, coalesce(hit.linking, hit.id) AS id
    FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (blind, place)
    JOIN registry.record_identifier i ON i.blind = asked.blind
    JOIN registry.record hit ON hit.id = i.record AND hit.kind = 'person'
  ) person
  CROSS JOIN LATERAL (
    SELECT * FROM registry.record WHERE linking = person.id
    UNION ALL SELECT * FROM registry.record WHERE id = person.id AND linking IS DISTINCT FROM person.id
  ) r
  JOIN registry.source_number s ON s.number = r.source LEFT JOIN registry.record_key k ON k.record = r.id
  ORDER BY person.place, r.id`;

/** Reads records and opens them. Writing is the ingest's alone. */
export class RecordStore {
  private readonly persons = new Gathering((blinds: readonly Buffer[]) => this.findAllPersons(blinds));
  private readonly hmac: (...parts: (string | Buffer)[]) => Buffer;

  constructor(
    private readonly database: Database,
    private readonly keys: RegistryKeys,
  ) {
    this.hmac = createHmac256(keys.index);
  }

  /** Those that exist, by id. */
  async findRecords(ids: readonly string[]): Promise<RecordRow[]> {
    const { rows } = await this.database.pool.query<RecordRow>({
      name: 'records-by-id',
      text: `SELECT ${COLUMNS} FROM ${TABLES} WHERE r.id = ANY($1::uuid[]) ORDER BY r.id`,
      values: [ids],
    });
    return rows;
  }

  /** All records of these persons (families): the linked ones, and the one that has the id itself while it stands alone. */
  async findLinkedRecords(persons: readonly string[]): Promise<RecordRow[]> {
    const { rows } = await this.database.pool.query<RecordRow>({
      name: 'records-by-person',
      text: `SELECT ${COLUMNS} FROM ${TABLES} WHERE r.id IN (
               SELECT id FROM registry.record WHERE linking = ANY($1::uuid[])
               UNION SELECT id FROM registry.record WHERE id = ANY($1::uuid[])
             ) ORDER BY r.id`,
      values: [persons],
    });
    return rows;
  }

  /**
   * All records of the persons of whom one carries the identifier (normalised, see `normaliseIdentifier`); a NIK only where it
   * links. What is asked at the same time is found by one statement.
   */
  findPersons(system: string, value: string): Promise<RecordRow[]> {
    return this.persons.answer(this.blindIndex(system, value));
  }

  private async findAllPersons(blinds: readonly Buffer[]): Promise<RecordRow[][]> {
    const { rows } = await this.database.pool.query<RecordRow & { place: number }>({
      name: 'persons-by-identifiers',
      text: PERSONS,
      values: [blinds],
    });
    const found = blinds.map((): RecordRow[] => []);
    for (const { place, ...row } of rows) found[place - 1]?.push(row);
    return found;
  }

  /** HMAC-SHA-256 of system|value under the index key: what a look that missed is logged as. */
  blindIndex(system: string, value: string): Buffer {
    return this.hmac(`${system}|${value}`);
  }

  /** Attributes in clear with the claim that won each; empty when nothing counts or the data key was erased. */
  openFolded(record: RecordRow): Folded {
    const key = this.findDataKey(record);
    return key ? openFolded(key, record.id, record.folded) : NOTHING;
  }

  /** The record's data key; undefined when it was erased. */
  findDataKey(record: { wrapped: Buffer | null; kek: string | null }): KeyObject | undefined {
    if (!record.wrapped || record.kek === null) return undefined;
    return unwrapDataKey(record.wrapped, record.kek, this.keys.wrapping);
  }
}
