import { randomUUID } from 'node:crypto';
import { type FieldGroup, ProblemError } from '@simpul/contracts';
import { type Database } from '@simpul/database';
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

interface Waiting {
  values: unknown[];
  resolve: (id: string) => void;
  reject: (error: Error) => void;
}

const COLUMNS = 'id, at, records, missed, client, source, purpose, basis, groups, route, request_id, trace_id';
const WIDTH = COLUMNS.split(',').length;
const TOGETHER = 200;

/** Writes looks down. No answer may leave before `record` has resolved. */
export class AccessLog {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly database: Database) {}

  /** Resolves with the entry's id once it is committed; a 503 problem when it cannot be. Looks that wait together share a commit. */
  record(entry: AccessEntry): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ values: valuesOf(entry), resolve, reject });
      if (!this.writing) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) await this.write(this.waiting.splice(0, TOGETHER));
    this.writing = false;
  }

  /** Never rejects: each entry is told its own outcome. One that PostgreSQL refuses must not fail the others. */
  private async write(entries: Waiting[]): Promise<void> {
    try {
      await this.insert(entries);
      for (const { values, resolve } of entries) resolve(String(values[0]));
    } catch (cause) {
      if (entries.length > 1) for (const entry of entries) await this.write([entry]);
      else entries[0]?.reject(new ProblemError('access-log.unavailable', { headers: { 'retry-after': '5' }, cause }));
    }
  }

  private async insert(entries: Waiting[]): Promise<void> {
    const rows = entries.map(
      (_, row) => `(${Array.from({ length: WIDTH }, (__, i) => `$${row * WIDTH + i + 1}`).join(', ')})`,
    );
    await this.database.pool.query(
      `INSERT INTO access.access_entry (${COLUMNS}) VALUES ${rows.join(', ')}`,
      entries.flatMap((entry) => entry.values),
    );
  }
}

function valuesOf(entry: AccessEntry): unknown[] {
  const { caller, purpose } = entry;
  const who = [caller.clientId, caller.source, purpose.code, purpose.legalBasis, entry.groups];
  const where = [entry.route, entry.requestId, entry.traceId];
  return [randomUUID(), new Date(), entry.records, entry.missed ?? null, ...who, ...where];
}
