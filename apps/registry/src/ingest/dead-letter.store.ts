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
  /** Of a waiting one: what it lacks itself. */
  lacks?: string;
}

/** A letter as it is tried again. */
export interface HeldLetter extends Pick<DeadLetter, 'offset' | 'appendedAt' | 'key' | 'value' | 'source'> {
  id: string;
  code: string;
}

/** Code of a message that lacks nothing itself: it waits behind an earlier one of its id. */
export const BEHIND = 'event.waiting.order';

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
             (generation, topic, partition, "offset", appended_at, key, value, state, code, detail, source, kind, reference, revision, kid, lacks)
           SELECT $1, $2, $3, o, a, k, v, s::operations.dead_letter_state, c, d::json, so, ki, re, rv, kid, la
           FROM unnest($4::bigint[], $5::timestamptz[], $6::bytea[], $7::bytea[], $8::text[], $9::text[], $10::text[], $11::smallint[],
             $12::smallint[], $13::text[], $14::bigint[], $15::text[], $16::text[]) AS u (o, a, k, v, s, c, d, so, ki, re, rv, kid, la) ORDER BY o
           ON CONFLICT (generation, topic, partition, "offset") DO UPDATE SET state = excluded.state, code = excluded.code,
             detail = excluded.detail, source = excluded.source, kind = excluded.kind, reference = excluded.reference,
             revision = excluded.revision, kid = excluded.kid, lacks = excluded.lacks, changed_at = clock_timestamp()`,
    values: [place.generation, place.topic, place.partition, ...letterColumns(letters)],
  });
  await inheritLacks(client, place, letters);
}

/** Those behind an earlier message of their id wait for what that one lacks; all of the batch are written by now. */
async function inheritLacks(client: PoolClient, place: LogPlace, letters: readonly DeadLetter[]): Promise<void> {
  const behind = letters.filter(({ code }) => code === BEHIND);
  if (behind.length === 0) return;
  await client.query({
    name: 'inherit-lacks',
    text: `UPDATE operations.dead_letter d SET lacks = coalesce((
             SELECT w.lacks FROM operations.dead_letter w
             WHERE w.source = d.source AND w.kind = d.kind AND w.reference = d.reference AND w.revision = d.revision
               AND w.state = 'waiting' AND w.code <> '${BEHIND}'
               AND (w.generation, w.topic, w.partition, w."offset") < (d.generation, d.topic, d.partition, d."offset")
             ORDER BY w.generation, w.topic, w.partition, w."offset" LIMIT 1), '')
           WHERE d.generation = $1 AND d.topic = $2 AND d.partition = $3 AND d."offset" = ANY($4::bigint[])`,
    values: [place.generation, place.topic, place.partition, behind.map(({ offset }) => offset.toString())],
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
  letters.map((letter) => letter.lacks ?? ''),
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

/** Dead letters of these revisions were made good, also those that were set aside. Conflicts stay: they are other content. */
export async function markRepaired(
  client: PoolClient,
  revisions: readonly (StatementKey & { revision: number })[],
): Promise<void> {
  if (revisions.length === 0) return;
  await client.query(
    `UPDATE operations.dead_letter d SET state = 'repaired', aside_reason = NULL, aside_note = NULL, aside_by = NULL,
       changed_at = clock_timestamp() FROM unnest($1::smallint[], $2::smallint[], $3::text[], $4::bigint[]) AS k (source, kind, reference, revision)
     WHERE d.source = k.source AND d.kind = k.kind AND d.reference = k.reference COLLATE "C" AND d.revision = k.revision
       AND d.state IN ('dead', 'set-aside') AND d.code <> 'event.conflict'`,
    revisionColumns(revisions),
  );
}

/** Letters whose own message was tried again with success; they name the id that it proved. */
export async function markMadeGood(
  client: PoolClient,
  place: LogPlace,
  letters: readonly (StatementKey & { revision: number; offset: bigint })[],
): Promise<void> {
  if (letters.length === 0) return;
  await client.query(
    `UPDATE operations.dead_letter d SET state = 'repaired', source = k.source, kind = k.kind, reference = k.reference,
       revision = k.revision, changed_at = clock_timestamp()
     FROM unnest($4::smallint[], $5::smallint[], $6::text[], $7::bigint[], $8::bigint[]) AS k (source, kind, reference, revision, "offset")
     WHERE d.generation = $1 AND d.topic = $2 AND d.partition = $3 AND d."offset" = k."offset"`,
    [
      place.generation,
      place.topic,
      place.partition,
      ...revisionColumns(letters),
      letters.map(({ offset }) => String(offset)),
    ],
  );
}

/** Which of these offsets have a letter; of that state, if one is given. */
export async function findLetterOffsets(
  client: PoolClient,
  place: LogPlace,
  offsets: readonly bigint[],
  state?: DeadLetter['state'],
): Promise<Set<bigint>> {
  const { rows } = await client.query<{ offset: string }>(
    `SELECT "offset" FROM operations.dead_letter
     WHERE generation = $1 AND topic = $2 AND partition = $3 AND "offset" = ANY($4::bigint[]) AND ($5::text IS NULL OR state::text = $5)`,
    [place.generation, place.topic, place.partition, offsets.map(String), state],
  );
  return new Set(rows.map((row) => BigInt(row.offset)));
}

/** A letter's place and whether it is of this generation; the hash is that of its value. */
export interface KnownLetter {
  offset: bigint;
  hash: Buffer;
  isEarlier: boolean;
}

/** Letters at these offsets of a partition, of this generation and of earlier ones, which may have been another log. */
export async function findLetters(
  client: PoolClient,
  place: LogPlace,
  offsets: readonly bigint[],
): Promise<KnownLetter[]> {
  const { rows } = await client.query<{ offset: string; hash: Buffer; isEarlier: boolean }>({
    name: 'known-letters',
    text: `SELECT "offset", sha256(coalesce(value, '')) AS hash, generation < $1 AS "isEarlier" FROM operations.dead_letter
           WHERE generation <= $1 AND topic = $2 AND partition = $3 AND "offset" = ANY($4::bigint[])`,
    values: [place.generation, place.topic, place.partition, offsets.map(String)],
  });
  return rows.map((row) => ({ ...row, offset: BigInt(row.offset) }));
}

export const revisionColumns = (rows: readonly (StatementKey & { revision: number })[]): unknown[][] => [
  rows.map((row) => row.source),
  rows.map((row) => row.kind),
  rows.map((row) => row.reference),
  rows.map((row) => row.revision),
];
