import type { PoolClient } from 'pg';
import type { FaultDetail } from './opened-event.js';
import type { LogPlace } from './log-position.store.js';
import type { StatementKey } from './statement.store.js';

/** A message that is not applied, as it came. */
export interface DeadLetter {
  offset: bigint;
  appendedAt: number;
  key: Buffer | null;
  value: Buffer | null;
  state: 'dead' | 'waiting';
  code: string;
  detail?: FaultDetail;
  /** Source number; 0 where it proves none. */
  source: number;
  statement?: StatementKey & { revision: number };
  kid?: string;
}

/** Adds the letters of one partition, or gives those that waited their new state. */
export async function writeDeadLetters(
  client: PoolClient,
  place: LogPlace,
  letters: readonly DeadLetter[],
): Promise<void> {
  if (letters.length === 0) return;
  await client.query({
    name: 'write-dead-letters',
    text: `INSERT INTO operations.dead_letter
             (generation, topic, partition, "offset", appended_at, key, value, state, code, detail, source, kind, reference, revision, kid)
           SELECT $1, $2, $3, o, a, k, v, s::operations.dead_letter_state, c, d::json, so, ki, re, rv, kid
           FROM unnest($4::bigint[], $5::timestamptz[], $6::bytea[], $7::bytea[], $8::text[], $9::text[], $10::text[], $11::smallint[],
             $12::smallint[], $13::text[], $14::bigint[], $15::text[]) AS u (o, a, k, v, s, c, d, so, ki, re, rv, kid) ORDER BY o
           ON CONFLICT (generation, topic, partition, "offset") DO UPDATE SET state = excluded.state, code = excluded.code,
             detail = excluded.detail, source = excluded.source, kind = excluded.kind, reference = excluded.reference,
             revision = excluded.revision, kid = excluded.kid, changed_at = clock_timestamp()`,
    values: [place.generation, place.topic, place.partition, ...letterColumns(letters)],
  });
}

const letterColumns = (letters: readonly DeadLetter[]): unknown[][] => [
  letters.map((letter) => letter.offset.toString()),
  letters.map((letter) => new Date(letter.appendedAt).toISOString()),
  letters.map((letter) => letter.key),
  letters.map((letter) => letter.value),
  letters.map((letter) => letter.state),
  letters.map((letter) => letter.code),
  letters.map((letter) => (letter.detail ? JSON.stringify(letter.detail) : null)),
  letters.map((letter) => letter.source),
  letters.map((letter) => letter.statement?.kind ?? null),
  letters.map((letter) => letter.statement?.reference ?? null),
  letters.map((letter) => letter.statement?.revision ?? null),
  letters.map((letter) => letter.kid ?? null),
];

/** Letters that waited and came to a good end: the ledger knows them now. */
export async function removeDeadLetters(
  client: PoolClient,
  place: LogPlace,
  offsets: readonly bigint[],
): Promise<void> {
  if (offsets.length === 0) return;
  await client.query(
    `DELETE FROM operations.dead_letter WHERE generation = $1 AND topic = $2 AND partition = $3 AND "offset" = ANY($4::bigint[])`,
    [place.generation, place.topic, place.partition, offsets.map(String)],
  );
}

/** Dead letters of these revisions were made good by a repair. Conflicts stay: they are other content. */
export async function markRepaired(
  client: PoolClient,
  revisions: readonly (StatementKey & { revision: number })[],
): Promise<void> {
  if (revisions.length === 0) return;
  await client.query(
    `UPDATE operations.dead_letter d SET state = 'repaired', changed_at = clock_timestamp()
     FROM unnest($1::smallint[], $2::smallint[], $3::text[], $4::bigint[]) AS k (source, kind, reference, revision)
     WHERE d.source = k.source AND d.kind = k.kind AND d.reference = k.reference COLLATE "C" AND d.revision = k.revision
       AND d.state = 'dead' AND d.code <> 'event.conflict'`,
    revisionColumns(revisions),
  );
}

/** Which of these offsets have a letter. */
export async function findLetterOffsets(
  client: PoolClient,
  place: LogPlace,
  offsets: readonly bigint[],
): Promise<Set<bigint>> {
  const { rows } = await client.query<{ offset: string }>(
    `SELECT "offset" FROM operations.dead_letter WHERE generation = $1 AND topic = $2 AND partition = $3 AND "offset" = ANY($4::bigint[])`,
    [place.generation, place.topic, place.partition, offsets.map(String)],
  );
  return new Set(rows.map((row) => BigInt(row.offset)));
}

/** Place of a waiting message; places of one id are settled in this order. */
export interface WaitingPlace extends StatementKey {
  revision: number;
  generation: number;
  topic: string;
  partition: number;
  offset: bigint;
}

/** All messages that wait under these ids, first the one that holds the claim. Ask under the statements' locks. */
export async function listWaiting(
  client: PoolClient,
  revisions: readonly (StatementKey & { revision: number })[],
): Promise<WaitingPlace[]> {
  const { rows } = await client.query<Omit<WaitingPlace, 'offset' | 'revision'> & { offset: string; revision: string }>(
    `SELECT d.source, d.kind, d.reference, d.revision, d.generation, d.topic, d.partition, d."offset"
     FROM unnest($1::smallint[], $2::smallint[], $3::text[], $4::bigint[]) AS k (source, kind, reference, revision)
     JOIN operations.dead_letter d ON d.source = k.source AND d.kind = k.kind AND d.reference = k.reference COLLATE "C"
       AND d.revision = k.revision AND d.state = 'waiting'
     ORDER BY d.generation, d.topic, d.partition, d."offset"`,
    revisionColumns(revisions),
  );
  return rows.map((row) => ({ ...row, revision: Number(row.revision), offset: BigInt(row.offset) }));
}

/** A waiting message as it came. */
export interface WaitingLetter {
  offset: bigint;
  appendedAt: number;
  key: Buffer | null;
  value: Buffer | null;
  source: number;
  kind: number;
  reference: string;
  revision: number;
}

/** The oldest waiting messages of a partition, after an offset. */
export async function listWaitingLetters(
  client: PoolClient,
  place: LogPlace,
  after: bigint,
  limit: number,
): Promise<WaitingLetter[]> {
  const { rows } = await client.query<
    Omit<WaitingLetter, 'offset' | 'revision' | 'appendedAt'> &
      Record<'offset' | 'revision', string> & { appendedAt: Date }
  >(
    `SELECT "offset", appended_at AS "appendedAt", key, value, source, kind, reference, revision FROM operations.dead_letter
     WHERE generation = $1 AND topic = $2 AND partition = $3 AND state = 'waiting' AND "offset" > $4 ORDER BY "offset" LIMIT $5`,
    [place.generation, place.topic, place.partition, after.toString(), limit],
  );
  return rows.map((row) => ({
    ...row,
    offset: BigInt(row.offset),
    revision: Number(row.revision),
    appendedAt: row.appendedAt.getTime(),
  }));
}

/** Partitions in which something waits, in the order in which they are released. */
export async function listWaitingPartitions(client: PoolClient): Promise<LogPlace[]> {
  const { rows } = await client.query<LogPlace>(
    `SELECT DISTINCT generation, topic, partition FROM operations.dead_letter WHERE state = 'waiting' ORDER BY 1, 2, 3`,
  );
  return rows;
}

const revisionColumns = (rows: readonly (StatementKey & { revision: number })[]): unknown[][] => [
  rows.map((row) => row.source),
  rows.map((row) => row.kind),
  rows.map((row) => row.reference),
  rows.map((row) => row.revision),
];
