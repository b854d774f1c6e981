import type { PoolClient } from 'pg';
import { highestOf } from './settle.js';
import type { Ledger, Revision } from './settle.js';
import { keyColumns, revisionColumns } from './statement-columns.js';
import type { StatementKey } from './statement-columns.js';

export type { StatementKey } from './statement-columns.js';

export const keyText = ({ source, kind, reference }: StatementKey): string => `${source}/${kind}/${reference}`;

interface Row extends StatementKey {
  revision: string;
  digest: Buffer | null;
  mapping: number;
  verdict: Revision['verdict'];
  appendedAt: Date;
  batch: string;
  place: number | null;
}

const COLUMNS = 'source, kind, reference, revision, digest, mapping, verdict, appended_at, batch, place';
const READ = `t.source, t.kind, t.reference, t.revision, t.digest, t.mapping, t.verdict, t.appended_at AS "appendedAt", t.batch, t.place`;
const KEYS = 'unnest($1::smallint[], $2::smallint[], $3::text[]) AS k (source, kind, reference)';
const MATCH = 't.source = k.source AND t.kind = k.kind AND t.reference = k.reference COLLATE "C"';
const ROWS = `unnest($1::smallint[], $2::smallint[], $3::text[], $4::bigint[], $5::bytea[], $6::smallint[], $7::text[], $8::timestamptz[],
  $9::bigint[], $10::integer[]) AS u (${COLUMNS})`;
const VALUES = `source, kind, reference, revision, digest, mapping, verdict::registry.verdict, appended_at, batch, place`;
const SORTED = 'ORDER BY source, kind, reference COLLATE "C", revision';
const REPLACE = `digest = excluded.digest, mapping = excluded.mapping, verdict = excluded.verdict, appended_at = excluded.appended_at,
  batch = excluded.batch, place = excluded.place`;

/** Ledgers of these statements, without a lock; empty ones are left out. */
export async function findLedgers(client: PoolClient, keys: readonly StatementKey[]): Promise<Map<string, Ledger>> {
  return await readLedgers(client, keys, '');
}

/** The same, each statement locked until the end of the transaction, in the one order that all writers keep. */
export async function lockLedgers(client: PoolClient, keys: readonly StatementKey[]): Promise<Map<string, Ledger>> {
  return await readLedgers(client, keys, 'FOR UPDATE OF t');
}

async function readLedgers(
  client: PoolClient,
  keys: readonly StatementKey[],
  lock: string,
): Promise<Map<string, Ledger>> {
  if (keys.length === 0) return new Map();
  const statements = await client.query<Row>({
    name: `statements${lock ? '-locked' : ''}`,
    text: `SELECT ${READ} FROM ${KEYS} JOIN registry.statement t ON ${MATCH}
           ORDER BY t.source, t.kind, t.reference ${lock}`,
    values: keyColumns(keys),
  });
  // Lower revisions stand only beneath a statement, and most messages are of a new one.
  if (statements.rows.length === 0) return new Map();
  const revisions = await client.query<Row>({
    name: 'statement-revisions',
    text: `SELECT ${READ} FROM ${KEYS} JOIN registry.statement_revision t ON ${MATCH}`,
    values: keyColumns(statements.rows),
  });
  const ledgers = new Map<string, Map<number, Revision>>();
  for (const row of [...revisions.rows, ...statements.rows]) {
    const ledger = ledgers.get(keyText(row)) ?? new Map<number, Revision>();
    ledger.set(Number(row.revision), toRevision(row));
    ledgers.set(keyText(row), ledger);
  }
  return ledgers;
}

/** Inserts statements that seem new; gives those that are now ours. The others were taken by someone else meanwhile. */
export async function insertStatements(
  client: PoolClient,
  rows: readonly (StatementKey & Revision)[],
  batch: string,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { rowCount } = await client.query({
    name: 'insert-statements',
    text: `INSERT INTO registry.statement (${COLUMNS}) SELECT ${VALUES} FROM ${ROWS} ${SORTED}
           ON CONFLICT (source, kind, reference) DO NOTHING`,
    values: revisionColumns(rows),
  });
  return new Set((rowCount === rows.length ? rows : await findOfBatch(client, rows, batch)).map(keyText));
}

/** Those of these statements that this batch has inserted. */
async function findOfBatch(
  client: PoolClient,
  keys: readonly StatementKey[],
  batch: string,
): Promise<readonly StatementKey[]> {
  const { rows } = await client.query<StatementKey>({
    name: 'statements-of-batch',
    text: `SELECT t.source, t.kind, t.reference FROM ${KEYS} JOIN registry.statement t ON ${MATCH} WHERE t.batch = $4`,
    values: [...keyColumns(keys), batch],
  });
  return rows;
}

/** What has to be written to turn the stored ledger into the settled one. */
export interface LedgerChange {
  key: StatementKey;
  before: Ledger;
  after: Ledger;
}

/** The statements are locked already. */
export async function writeLedgers(client: PoolClient, changes: readonly LedgerChange[]): Promise<void> {
  await writeHighest(client, changes.flatMap(changedHighest));
  await writeOthers(client, changes.flatMap(changedOthers));
  await removeRevisions(client, changes.flatMap(goneOthers), goneStatements(changes));
}

function changedHighest({ key, before, after }: LedgerChange): (StatementKey & Revision)[] {
  const highest = highestOf(after);
  return highest && highest !== highestOf(before) ? [{ ...key, ...highest }] : [];
}

function changedOthers({ key, before, after }: LedgerChange): (StatementKey & Revision)[] {
  const stood = new Set(othersOf(before));
  return othersOf(after).flatMap((row) => (stood.has(row) ? [] : [{ ...key, ...row }]));
}

function goneOthers({ key, before, after }: LedgerChange): (StatementKey & Revision)[] {
  const stay = new Set(othersOf(after).map((row) => row.revision));
  return othersOf(before).flatMap((row) => (stay.has(row.revision) ? [] : [{ ...key, ...row }]));
}

const goneStatements = (changes: readonly LedgerChange[]): StatementKey[] =>
  changes.filter(({ after }) => after.size === 0).map(({ key }) => key);

/** What stands in `statement_revision`. */
function othersOf(ledger: Ledger): Revision[] {
  const highest = highestOf(ledger);
  return [...ledger.values()].filter((row) => row !== highest);
}

async function writeHighest(client: PoolClient, rows: (StatementKey & Revision)[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'write-statements',
    text: `INSERT INTO registry.statement (${COLUMNS}) SELECT ${VALUES} FROM ${ROWS} ${SORTED}
           ON CONFLICT (source, kind, reference) DO UPDATE SET revision = excluded.revision, ${REPLACE}`,
    values: revisionColumns(rows),
  });
}

async function writeOthers(client: PoolClient, rows: (StatementKey & Revision)[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'write-statement-revisions',
    text: `INSERT INTO registry.statement_revision (${COLUMNS}) SELECT ${VALUES} FROM ${ROWS} ${SORTED}
           ON CONFLICT (source, kind, reference, revision) DO UPDATE SET ${REPLACE}`,
    values: revisionColumns(rows),
  });
}

/** A waiting claim that proved to be nobody's leaves no trace. */
async function removeRevisions(
  client: PoolClient,
  revisions: (StatementKey & { revision: number })[],
  statements: StatementKey[],
): Promise<void> {
  if (revisions.length > 0) {
    await client.query({
      name: 'remove-statement-revisions',
      text: `DELETE FROM registry.statement_revision t USING unnest($1::smallint[], $2::smallint[], $3::text[], $4::bigint[])
               AS k (source, kind, reference, revision) WHERE ${MATCH} AND t.revision = k.revision`,
      values: [...keyColumns(revisions), revisions.map((row) => row.revision)],
    });
  }
  if (statements.length > 0) {
    const values = keyColumns(statements);
    await client.query({
      name: 'remove-statements',
      text: `DELETE FROM registry.statement t USING ${KEYS} WHERE ${MATCH}`,
      values,
    });
  }
}

const toRevision = (row: Row): Revision => ({
  revision: Number(row.revision),
  digest: row.digest ? row.digest.toString('base64url') : null,
  mapping: row.mapping,
  verdict: row.verdict,
  appendedAt: row.appendedAt.getTime(),
  batch: row.batch,
  place: row.place,
});
