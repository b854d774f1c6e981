import type { Database } from '@simpul/database';
import type { LetterFilter, ReplayPlan } from './letter-filter.js';
import type { ReplayOutcome, ReplayRow, ReplayState } from './replay.entity.js';

/** Letters of one replay at most. */
export const MOST_LETTERS = 100_000;

/** One letter of a replay. */
export interface ReplayItem {
  n: number;
  letter: string;
  /** Null until it was tried. */
  outcome: ReplayOutcome | null;
  code: string | null;
  /** Null where the letter is gone. */
  source: string | null;
  /** Null where none is proven. */
  event: string | null;
}

const MEANT = `
SELECT d.id, d.code, s.name AS source, row_number() OVER (ORDER BY d.appended_at, d.topic, d.partition, d."offset") AS n
FROM operations.dead_letter d JOIN registry.source_number s ON s.number = d.source LEFT JOIN registry.kind_number k ON k.number = d.kind
WHERE d.state = 'dead' AND ($1::text IS NULL OR s.name = $1) AND ($2::text IS NULL OR d.code = $2) AND ($3::text IS NULL OR k.name = $3)
  AND ($4::text IS NULL OR d.topic = $4) AND ($5::integer IS NULL OR d.partition = $5)
  AND ($6::timestamptz IS NULL OR d.appended_at >= $6) AND ($7::timestamptz IS NULL OR d.appended_at < $7)
  AND ($8::bigint[] IS NULL OR d.id = ANY($8))`;

const PLAN = `
WITH meant AS (${MEANT}), chosen AS (SELECT code, source FROM meant WHERE n <= ${MOST_LETTERS})
SELECT code, source, count(*)::int AS count, EXISTS (SELECT FROM meant WHERE n > ${MOST_LETTERS}) AS more
FROM chosen GROUP BY code, source ORDER BY code, source`;

const CREATE = `
WITH meant AS (${MEANT}), chosen AS (SELECT id, n FROM meant WHERE n <= ${MOST_LETTERS}),
job AS (
  INSERT INTO operations.replay (state, filter, asked_by, total)
  SELECT CASE WHEN count(*) = 0 THEN 'done' ELSE 'running' END::operations.replay_state, $9::json, $10::text, count(*)::integer FROM chosen
  RETURNING id
), items AS (
  INSERT INTO operations.replay_item (replay, n, letter) SELECT job.id, chosen.n, chosen.id FROM chosen, job
)
SELECT id FROM job`;

const COLUMNS =
  'id, state, filter, asked_by AS "askedBy", total, done, created_at AS "createdAt", changed_at AS "changedAt"';

/** Jobs that try dead letters again, as operators make, watch and cancel them. */
export class ReplayStore {
  constructor(private readonly database: Pick<Database, 'pool'>) {}

  async plan(filter: LetterFilter): Promise<ReplayPlan> {
    const rows = await this.ask<{ code: string; source: string; count: number; more: boolean }>(
      PLAN,
      columnsOf(filter),
    );
    const sum = (some: typeof rows) => some.reduce((total, { count }) => total + count, 0);
    return {
      tried: sum(rows.filter(({ code }) => code !== 'event.conflict')),
      conflicts: sum(rows.filter(({ code }) => code === 'event.conflict')),
      more: rows.some(({ more }) => more),
      byCode: sumBy(rows, ({ code }) => code),
      bySource: sumBy(rows, ({ source }) => source),
    };
  }

  /** The letters are chosen now, once. Gives the job's id. */
  async create(filter: LetterFilter, askedBy: string): Promise<string> {
    const rows = await this.ask<{ id: string }>(CREATE, [...columnsOf(filter), JSON.stringify(filter), askedBy]);
    const [row] = rows;
    if (!row) throw new Error('The replay was not made');
    return row.id;
  }

  /** Newest first. */
  async list(before: string | undefined, limit: number): Promise<ReplayRow[]> {
    return await this.ask<ReplayRow>(
      `SELECT ${COLUMNS} FROM operations.replay WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before, limit],
    );
  }

  async find(id: string): Promise<ReplayRow | undefined> {
    const [row] = await this.ask<ReplayRow>(`SELECT ${COLUMNS} FROM operations.replay WHERE id = $1`, [id]);
    return row;
  }

  async countOutcomes(id: string): Promise<Partial<Record<ReplayOutcome, number>>> {
    const rows = await this.ask<{ outcome: ReplayOutcome; count: number }>(
      `SELECT outcome, count(*)::int AS count FROM operations.replay_item WHERE replay = $1 AND outcome IS NOT NULL
       GROUP BY outcome ORDER BY outcome`,
      [id],
    );
    return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
  }

  /** In the order in which they are tried, after the item `after`. */
  async listItems(id: string, after: number, limit: number): Promise<ReplayItem[]> {
    return await this.ask<ReplayItem>(
      `SELECT i.n, i.letter, i.outcome, i.code, s.name AS source, k.name || '/' || d.reference || '/' || d.revision AS event
       FROM operations.replay_item i LEFT JOIN operations.dead_letter d ON d.id = i.letter
       LEFT JOIN registry.source_number s ON s.number = d.source LEFT JOIN registry.kind_number k ON k.number = d.kind
       WHERE i.replay = $1 AND i.n > $2 ORDER BY i.n LIMIT $3`,
      [id, after, limit],
    );
  }

  /** What was tried stays; gives the state before, undefined where there is no such job. */
  async cancel(id: string): Promise<ReplayState | undefined> {
    const [row] = await this.ask<{ was: ReplayState }>(
      `WITH old AS (SELECT id, state FROM operations.replay WHERE id = $1 FOR UPDATE), done AS (
         UPDATE operations.replay r SET state = 'cancelled', changed_at = clock_timestamp()
         FROM old WHERE r.id = old.id AND old.state = 'running')
       SELECT state AS was FROM old`,
      [id],
    );
    return row?.was;
  }

  private async ask<T extends object>(text: string, values: unknown[]): Promise<T[]> {
    const { rows } = await this.database.pool.query<T>(text, values);
    return rows;
  }
}

const columnsOf = ({ source, code, kind, topic, partition, from, before, ids }: LetterFilter): unknown[] => [
  source,
  code,
  kind,
  topic,
  partition,
  from,
  before,
  ids,
];

function sumBy<T extends { count: number }>(rows: readonly T[], nameOf: (row: T) => string): Record<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row.count);
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
