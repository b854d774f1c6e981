// What grows: months, what is kept how long, and releases that follow each other on one database.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assertSchemaVersion,
  BOUNDED,
  countMonthsAhead,
  ensureMonths,
  findMoveRefusal,
  KEPT,
  listMonths,
  migrate,
  moveMonth,
  RetentionStore,
  SCHEMA_VERSION,
  WITH_ITS_PARENT,
} from '@simpul/database';
import { testDatabase, type TestDatabase } from '@simpul/testing';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Migration, MIGRATIONS } from '../src/migrations/index.js';

let base: TestDatabase;
let ownerUrl: string;
let owner: pg.Client;
beforeAll(async () => {
  base = await testDatabase();
  ownerUrl = new URL(new URL(base.url).pathname, process.env['DATABASE_URL']).href;
  owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await base.drop();
});

const one = async (sql: string, values: unknown[] = []): Promise<unknown> => {
  const { rows } = await owner.query<Record<string, unknown>>(sql, values);
  return Object.values(rows[0] ?? {})[0];
};

describe('a table', () => {
  it('has a retention or a reason to stay for ever, and nothing else has', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT format('%s.%s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('registry', 'access', 'operations') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    const declared = [...Object.values(BOUNDED), ...KEPT].map(({ table }) => table);
    expect([...new Set([...declared, ...Object.keys(WITH_ITS_PARENT)])].toSorted()).toEqual(
      rows.map(({ name }) => name).toSorted(),
    );
  });
});

const TODAY = new Date('2031-05-20T10:00:00Z');
const OLD = new Date('2031-01-02T00:00:00Z');

const BODY = `INSERT INTO registry.service_event (appended_at, batch, place, source, kind, reference, revision, type, record, time, recorded_time,
    received_time, withdrawn, repair, log_partition, log_offset, business_key, facts)
  VALUES ($1, 1, 0, 1, 1, 'r', 0, 't', $2, $1, $1, $1, false, false, 0, 0, '', '{}')`;
const BODIES = 'SELECT reference FROM registry.service_event WHERE record = $1';

describe('months', () => {
  it('are made ahead by the owner, once; the count says how many there are without a gap', async () => {
    expect(await countMonthsAhead(owner, TODAY)).toBe(0);
    expect(await ensureMonths(owner, TODAY, 2)).toEqual([
      'service_event_2031_05',
      'event_party_2031_05',
      'service_event_2031_06',
      'event_party_2031_06',
    ]);
    expect([await ensureMonths(owner, TODAY, 2), await countMonthsAhead(owner, TODAY)]).toEqual([[], 2]);
    await owner.query('DROP TABLE registry.event_party_2031_06');
    expect(await countMonthsAhead(owner, TODAY)).toBe(1);
    expect(await countMonthsAhead(base.database.pool, TODAY)).toBe(1);
  });

  it('that are old move to another tablespace with their indexes, and every query finds their rows as before', async () => {
    await ensureMonths(owner, OLD, 1);
    const space = `archive_${randomBytes(4).toString('hex')}`;
    await owner.query('SET allow_in_place_tablespaces = true');
    await owner.query(`CREATE TABLESPACE ${space} LOCATION ''`);
    const record = randomUUID();
    await base.database.pool.query(BODY, [OLD, record]);
    expect(await findMoveRefusal(owner, '2031-01', space, TODAY)).toBeUndefined();
    await moveMonth(owner, '2031-01', space);
    const moved = (await listMonths(owner)).filter(({ tablespace }) => tablespace === space);
    expect(moved.map(({ table, month, isEmpty }) => [table, month, isEmpty])).toEqual([
      ['service_event', '2031-01', false],
      ['event_party', '2031-01', true],
    ]);
    const left = `SELECT count(*)::int FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = 'registry.service_event_2031_01'::regclass AND c.reltablespace = 0`;
    expect(await one(left)).toBe(0);
    expect((await base.database.pool.query(BODIES, [record])).rows).toEqual([{ reference: 'r' }]);
    await moveMonth(owner, '2031-01', 'pg_default');
    await owner.query(`DROP TABLESPACE ${space}`);
  });

  it('that are being copied keep readers of bodies waiting, and let new bodies in', async () => {
    await owner.query('BEGIN; LOCK TABLE registry.service_event_2031_01 IN ACCESS EXCLUSIVE MODE');
    const record = randomUUID();
    await base.database.pool.query(BODY, [TODAY, record]);
    await expect(base.database.pool.query(BODIES, [record])).rejects.toMatchObject({ code: '55P03' });
    await owner.query('COMMIT');
    expect((await base.database.pool.query(BODIES, [record])).rows).toEqual([{ reference: 'r' }]);
  });

  it('that may still be written to, or are not there, do not move; nor to where nothing is', async () => {
    await ensureMonths(owner, new Date('2031-03-01T00:00:00Z'), 1);
    const refusalOf = (month: string) => findMoveRefusal(owner, month, 'pg_default', TODAY);
    expect([await refusalOf('2031-03'), await refusalOf('2031-02'), await refusalOf('2031-01')]).toEqual([
      'young',
      'no-month',
      undefined,
    ]);
    expect(await findMoveRefusal(owner, '2031-01', 'nowhere', TODAY)).toBe('no-tablespace');
    expect(await findMoveRefusal(owner, 'default', 'pg_default', TODAY)).toBe('no-month');
  });
});

describe('retention', () => {
  const store = (): RetentionStore => new RetentionStore(base.owner);

  it('takes the feed from its beginning only, so that no gap looks like a loss', async () => {
    await owner.query(`
      INSERT INTO registry.feed_batch (first, count, batch, committed_at) VALUES (1, 2, 901, now() - interval '500 days'),
        (3, 1, 902, now() - interval '10 days'), (4, 1, 903, now() - interval '500 days'), (5, 1, 904, now())`);
    expect([await store().count('feed', 400), await store().apply('feed', 400)]).toEqual([1, 1]);
    const { rows } = await owner.query('SELECT first FROM registry.feed_batch ORDER BY first');
    expect(rows).toEqual([{ first: '3' }, { first: '4' }, { first: '5' }]);
  });

  it('keeps looks for as long as was declared, and no longer', async () => {
    await owner.query(`
      INSERT INTO access.access_entry (id, at, records, client, source, purpose, basis, groups, route, request_id, trace_id)
      SELECT gen_random_uuid(), now() - make_interval(days => days), ARRAY[gen_random_uuid()], 'c', 's', 'p', 'b', '{}', 'r', 'q', 't'
      FROM unnest(ARRAY[1, 1826, 1828, 4000]) AS days`);
    expect(await store().apply('accessEntries', BOUNDED.accessEntries.days)).toBe(2);
    expect(await one('SELECT count(*)::int FROM access.access_entry')).toBe(2);
    await expect(new RetentionStore(base.database).apply('accessEntries', 0)).rejects.toMatchObject({ code: '42501' });
  });

  it('empties letters that nobody tries again, and leaves the rows, the dead and the waiting', async () => {
    await owner.query(`
      INSERT INTO operations.dead_letter (generation, topic, partition, "offset", appended_at, key, value, state, code, source, kid, changed_at)
      SELECT 1, 't', 0, row_number() OVER (), now(), bytea 'k', bytea 'v', state::operations.dead_letter_state, 'event.schema', 0, 'key-1',
        now() - make_interval(days => days)
      FROM unnest(ARRAY['dead', 'waiting', 'repaired', 'set-aside'], ARRAY[100, 100, 100, 100]) AS old (state, days)
      UNION ALL SELECT 1, 't', 1, 1, now(), bytea 'k', bytea 'v', 'repaired', 'event.schema', 0, 'key-1', now() - interval '80 days'`);
    expect([await store().count('letterBytes', 90), await store().apply('letterBytes', 90)]).toEqual([2, 2]);
    const { rows } = await owner.query<{ state: string; emptied: boolean }>(
      `SELECT state, value IS NULL AND key IS NULL AND kid IS NULL AND emptied_at IS NOT NULL AS emptied
       FROM operations.dead_letter ORDER BY partition, "offset"`,
    );
    expect(rows.map(({ state, emptied }) => `${state} ${emptied}`)).toEqual([
      'dead false',
      'waiting false',
      'repaired true',
      'set-aside true',
      'repaired false',
    ]);
    expect(await store().apply('letterBytes', 90)).toBe(0);
  });

  it('takes ended jobs with their items, never one that runs', async () => {
    await owner.query(`
      WITH jobs AS (INSERT INTO operations.replay (state, filter, asked_by, total, changed_at) VALUES
        ('running', '{}', 'o', 1, now() - interval '900 days'), ('done', '{}', 'o', 1, now() - interval '900 days'),
        ('cancelled', '{}', 'o', 1, now()) RETURNING id)
      INSERT INTO operations.replay_item (replay, n, letter) SELECT id, 1, 1 FROM jobs`);
    expect(await store().apply('jobs', 365)).toBe(1);
    expect(await one('SELECT string_agg(state::text, $1 ORDER BY id) FROM operations.replay', [' '])).toBe(
      'running cancelled',
    );
    expect(await one('SELECT count(*)::int FROM operations.replay_item')).toBe(2);
  });
});

class Additive0000000009001 implements MigrationInterface {
  static readonly oldestBuild = SCHEMA_VERSION;
  readonly name = 'Additive0000000009001';
  up = (runner: QueryRunner): Promise<unknown> => runner.query('CREATE TABLE operations.newer (a integer)');
  down = (runner: QueryRunner): Promise<unknown> => runner.query('DROP TABLE operations.newer');
}

class Contracting0000000009002 implements MigrationInterface {
  readonly name = 'Contracting0000000009002';
  up = (runner: QueryRunner): Promise<unknown> => runner.query('ALTER TABLE registry.record DROP area');
  down = (runner: QueryRunner): Promise<unknown> => runner.query('ALTER TABLE registry.record ADD area text');
}

// Last: it leaves a newer database behind.
describe('the release before', () => {
  const additive = [...MIGRATIONS, Additive0000000009001 as Migration];

  it('refuses a database that is older than it needs', async () => {
    await expect(assertSchemaVersion(base.database, 9001)).rejects.toThrow(
      `schema version ${SCHEMA_VERSION}, this build needs 9001`,
    );
  });

  it('runs on a newer database whose migration only added', async () => {
    expect(await migrate(ownerUrl, {}, additive)).toEqual(['Additive0000000009001']);
    await assertSchemaVersion(base.database, 9001);
    await assertSchemaVersion(base.database);
  });

  it('leaves what the newer one granted when its own migration runs late', async () => {
    await owner.query('GRANT DELETE ON operations.newer TO simpul_app');
    expect(await migrate(ownerUrl)).toEqual([]);
    await base.database.pool.query('DELETE FROM operations.newer');
  });

  it('refuses it once a migration took something away, while the release in between is told apart', async () => {
    await migrate(ownerUrl, {}, [...additive, Contracting0000000009002]);
    await assertSchemaVersion(base.database, 9002);
    for (const build of [9001, SCHEMA_VERSION])
      await expect(assertSchemaVersion(base.database, build)).rejects.toThrow('which builds below 9002 cannot use');
  });
});
