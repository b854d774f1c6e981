import type { PoolClient } from 'pg';
import { revisionColumns } from './dead-letter.store.js';
import type { HeldLetter } from './dead-letter.store.js';
import type { LogPlace } from './log-position.store.js';
import type { StatementKey } from './statement.store.js';

/** Place of a waiting message; places of one id are settled in this order. */
export interface WaitingPlace extends StatementKey, LogPlace {
  revision: number;
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
export interface WaitingLetter extends HeldLetter, StatementKey {
  revision: number;
  lacks: string;
}

/** Which letters to take next. */
export interface WaitingPage {
  lacks: string;
  after: bigint;
  limit: number;
}

/** The oldest messages of a partition that wait for this, after an offset. */
export async function listWaitingLetters(
  client: PoolClient,
  place: LogPlace,
  { lacks, after, limit }: WaitingPage,
): Promise<WaitingLetter[]> {
  const { rows } = await client.query<
    Omit<WaitingLetter, 'offset' | 'revision' | 'appendedAt'> &
      Record<'offset' | 'revision', string> & { appendedAt: Date }
  >(
    `SELECT id, "offset", appended_at AS "appendedAt", key, value, code, source, kind, reference, revision, lacks
     FROM operations.dead_letter
     WHERE state = 'waiting' AND lacks = $6 AND generation = $1 AND topic = $2 AND partition = $3 AND "offset" > $4 ORDER BY "offset" LIMIT $5`,
    [place.generation, place.topic, place.partition, after.toString(), limit, lacks],
  );
  return rows.map((row) => ({
    ...row,
    offset: BigInt(row.offset),
    revision: Number(row.revision),
    appendedAt: row.appendedAt.getTime(),
  }));
}

/** Where something waits for one thing. */
export interface WaitingLack extends LogPlace {
  lacks: string;
}

const NEXT_LACK = `SELECT lacks, generation, topic, partition FROM operations.dead_letter WHERE state = 'waiting'`;
const LACK_ORDER = 'ORDER BY lacks, generation, topic, partition LIMIT 1';

/** What is waited for and where, in the order in which it is released: one step of the index for each, however many wait. */
export async function listLacking(client: Pick<PoolClient, 'query'>): Promise<WaitingLack[]> {
  const { rows } = await client.query<WaitingLack>(
    `WITH RECURSIVE lacking AS (
       (${NEXT_LACK} ${LACK_ORDER})
       UNION ALL
       SELECT n.lacks, n.generation, n.topic, n.partition FROM lacking l CROSS JOIN LATERAL (
         ${NEXT_LACK} AND (lacks, generation, topic, partition) > (l.lacks, l.generation, l.topic, l.partition) ${LACK_ORDER}
       ) n
     ) SELECT lacks, generation, topic, partition FROM lacking ORDER BY generation, topic, partition, lacks`,
  );
  return rows;
}

/** These letters turned out to wait for something else: they are left alone until that is known. */
export async function noteLacks(
  client: Pick<PoolClient, 'query'>,
  letters: readonly { id: string; code: string; lacks: string }[],
): Promise<void> {
  if (letters.length === 0) return;
  await client.query(
    `UPDATE operations.dead_letter d SET lacks = u.lacks, code = u.code FROM unnest($1::bigint[], $2::text[], $3::text[]) AS u (id, lacks, code)
     WHERE d.id = u.id AND d.state = 'waiting'`,
    [letters.map(({ id }) => id), letters.map(({ lacks }) => lacks), letters.map(({ code }) => code)],
  );
}
