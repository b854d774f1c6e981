import { createHash } from 'node:crypto';
import { canonicalJson } from '@simpul/contracts';
import type { ClientBase } from 'pg';
import type { RegistryKeys } from './registry-keys.js';
import { openFolded } from './folded-part.js';
import { NOTHING } from './record.fold.js';
import { unwrapDataKey } from './sealed-part.js';

/** All that a registry knows, in one line per record and revision, sorted; and its SHA-256. */
export interface StateHash {
  hash: string;
  records: number;
  revisions: number;
}

/** A database, or one connection of it with a snapshot of its own. */
export interface Asked {
  pool: Pick<ClientBase, 'query'>;
}

/**
 * SHA-256 of the state: every record (id, source, kind, each folded attribute in clear with its time, recorded time and event id) and every
 * revision (source, id, digest, verdict), sorted bytewise. Two runs with the same record-id key and the same accepted messages give the same
 * hash. A record about which nothing counts says nothing and is left out: whether it is there depends on what was repaired when.
 */
export async function stateHash(database: Asked, keys: Pick<RegistryKeys, 'wrapping'>): Promise<StateHash> {
  const records = await listRecordLines(database, keys);
  const revisions = await listRevisionLines(database);
  const lines = [...records, ...revisions].map((line) => Buffer.from(line)).toSorted(Buffer.compare);
  const digest = createHash('sha256');
  for (const line of lines) digest.update(line).update('\n');
  return { hash: digest.digest('hex'), records: records.length, revisions: revisions.length };
}

interface RecordRow {
  id: string;
  kind: string;
  source: string;
  folded: Buffer;
  wrapped: Buffer | null;
  kek: string | null;
}

async function listRecordLines(database: Asked, keys: Pick<RegistryKeys, 'wrapping'>): Promise<string[]> {
  const lines: string[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await database.pool.query<RecordRow>(
      `SELECT r.id, r.kind, s.name AS source, r.folded, k.wrapped, k.kek FROM registry.record r
       JOIN registry.source_number s ON s.number = r.source LEFT JOIN registry.record_key k ON k.record = r.id
       WHERE r.id > $1 AND r.folded IS NOT NULL ORDER BY r.id LIMIT 5000`,
      [after],
    );
    lines.push(...rows.map((row) => toRecordLine(row, keys)));
    const last = rows.at(-1);
    if (!last) return lines;
    after = last.id;
  }
}

function toRecordLine(
  { id, kind, source, folded, wrapped, kek }: RecordRow,
  keys: Pick<RegistryKeys, 'wrapping'>,
): string {
  const attributes =
    wrapped && kek !== null ? openFolded(unwrapDataKey(wrapped, kek, keys.wrapping), id, folded) : NOTHING;
  return canonicalJson(['record', id, source, kind, attributes]);
}

async function listRevisionLines(database: Asked): Promise<string[]> {
  const { rows } = await database.pool.query<{ source: string; id: string; digest: Buffer | null; verdict: string }>(
    `SELECT s.name AS source, k.name || '/' || t.reference || '/' || t.revision AS id, t.digest, t.verdict
     FROM (SELECT source, kind, reference, revision, digest, verdict FROM registry.statement
           UNION ALL SELECT source, kind, reference, revision, digest, verdict FROM registry.statement_revision) t
     JOIN registry.source_number s ON s.number = t.source JOIN registry.kind_number k ON k.number = t.kind`,
  );
  return rows.map(({ source, id, digest, verdict }) =>
    canonicalJson(['revision', source, id, digest?.toString('base64url') ?? null, verdict]),
  );
}
