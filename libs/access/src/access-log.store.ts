import { randomUUID } from 'node:crypto';
import { type FieldGroup, ProblemError } from '@simpul/contracts';
import { type Database, Gathering } from '@simpul/database';
import { type Caller } from './caller.js';
import { type Purpose } from './purpose.js';

/** One look at personal data. Either the records seen (record ids, never person ids) or the blind index of a miss. */
export interface AccessEntry {
  records: string[];
  missed?: Buffer;
  caller: Caller;
  purpose: Purpose;
  groups: FieldGroup[];
  /** The route as declared, with its parameter names: never the path as asked. */
  route: string;
  requestId: string;
  traceId: string;
}

/** As PostgreSQL reads it: names are columns. */
interface EntryRow {
  id: string;
  at: Date;
  records: string[];
  missed: string | null;
  client: string;
  source: string;
  purpose: string;
  basis: string;
  groups: FieldGroup[];
  route: string;
  request_id: string;
  trace_id: string;
}

// One text for every number of entries, so that it is planned once for each connection.
const INSERT = {
  name: 'access-entries',
  text: `INSERT INTO access.access_entry (id, at, records, missed, client, source, purpose, basis, groups, route, request_id, trace_id)
         SELECT * FROM json_to_recordset($1) AS entry (id uuid, at timestamptz, records uuid[], missed bytea, client text, source text,
           purpose text, basis text, groups text[], route text, request_id text, trace_id text)`,
};

/** Writes looks down. No answer may leave before `record` has resolved. */
export class AccessLog {
  private readonly entries = new Gathering((rows: readonly EntryRow[]) => this.insert(rows));

  constructor(private readonly database: Database) {}

  /** Resolves with the entry's id once it is committed; a 503 problem when it cannot be. Looks that wait together share a commit. */
  async record(entry: AccessEntry): Promise<string> {
    try {
      return await this.entries.answer(rowOf(entry));
    } catch (cause) {
      throw new ProblemError('access-log.unavailable', { headers: { 'retry-after': '5' }, cause });
    }
  }

  private async insert(rows: readonly EntryRow[]): Promise<string[]> {
    await this.database.pool.query({ ...INSERT, values: [JSON.stringify(rows)] });
    return rows.map(({ id }) => id);
  }
}

const rowOf = ({ records, missed, caller, purpose, groups, route, requestId, traceId }: AccessEntry): EntryRow => ({
  id: randomUUID(),
  at: new Date(),
  records,
  missed: missed ? `\\x${missed.toString('hex')}` : null,
  client: caller.clientId,
  source: caller.source,
  purpose: purpose.code,
  basis: purpose.legalBasis,
  groups,
  route,
  request_id: requestId,
  trace_id: traceId,
});
