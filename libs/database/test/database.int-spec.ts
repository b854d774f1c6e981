import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@simpul/testing';
import { byteaArray, checkSchema, Database, EntityConnection, migrate, plainArray } from '@simpul/database';

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

/** The SQLSTATE of a refused statement, `done` of one that went through. */
async function outcomeOf(sql: string): Promise<string> {
  try {
    await base.database.pool.query(sql);
    return 'done';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

const REFUSED = '42501';

describe('the role of the processes', () => {
  it.each([
    'CREATE TABLE registry.mine (a int)',
    'CREATE TABLE public.mine (a int)',
    'CREATE SCHEMA mine',
    'ALTER TABLE registry.record ADD COLUMN mine int',
    'CREATE INDEX mine ON registry.record (source)',
    'DROP TABLE registry.record_key',
    'TRUNCATE registry.service_event',
    'DROP TABLE operations.dead_letter',
    'CREATE ROLE mine',
  ])('has no DDL: %s', async (sql) => {
    expect(await outcomeOf(sql)).toBe(REFUSED);
  });

  const kept = `registry.service_event registry.service_event_default registry.record registry.record_key registry.feed_head
    registry.feed_batch registry.source_number registry.kind_number operations.log_position operations.log_counter
    operations.schema_migration access.source access.client access.purpose access.access_entry`;

  it.each(kept.split(/\s+/u))('takes no row out of %s', async (table) => {
    expect(await outcomeOf(`DELETE FROM ${table}`)).toBe(REFUSED);
  });

  it.each([
    `UPDATE registry.record_key SET kek = 'other'`,
    'UPDATE registry.feed_batch SET count = 1',
    `UPDATE registry.source_number SET name = 'other'`,
    `UPDATE access.access_entry SET purpose = 'other'`,
    `UPDATE access.purpose SET sources = '{*}'`,
    `INSERT INTO operations.schema_migration (timestamp, name) VALUES (99, 'other')`,
  ])('does not rewrite what was written once: %s', async (sql) => {
    expect(await outcomeOf(sql)).toBe(REFUSED);
  });
});

describe('an array parameter', () => {
  it.each([[[]], [[Buffer.from([0, 92, 34, 255]), null, Buffer.alloc(0), Buffer.alloc(3_000, 7)]], [[null]]])(
    'of bytes comes back as it was sent: %j',
    async (values: (Buffer | null)[]) => {
      const { rows } = await base.database.pool.query<{ value: Buffer | null }>(
        'SELECT value FROM unnest($1::bytea[]) WITH ORDINALITY AS u (value, n) ORDER BY n',
        [byteaArray(values)],
      );
      expect(rows.map(({ value }) => value)).toEqual(values);
    },
  );

  it('of numbers and of uuids comes back as it was sent', async () => {
    const ids = ['00000000-0000-4000-8000-000000000001', null];
    const { rows } = await base.database.pool.query('SELECT $1::bigint[]::text[] AS numbers, $2::uuid[] AS ids', [
      plainArray([1, 9_007_199_254_740_993n, null]),
      plainArray(ids),
    ]);
    expect(rows).toEqual([{ numbers: ['1', '9007199254740993', null], ids }]);
  });
});

describe('TLS', () => {
  // A file that is not there shows that somebody looked for it, whether or not this server speaks TLS.
  const secure = (): string => `${base.url}?sslmode=verify-full&sslrootcert=/simpul/no-such-ca.pem`;

  it.each([
    ['the hot path', (url: string) => new Database({ url }).connect()],
    ['entities', (url: string) => new EntityConnection({ url, entities: [] }).manager()],
    ['migrations', (url: string) => migrate(url)],
  ])('is asked for in the URL, also for %s', async (_who, connect) => {
    await expect(connect(secure())).rejects.toMatchObject({ code: 'ENOENT', path: '/simpul/no-such-ca.pem' });
  });
});

describe('db:check', () => {
  it('finds nothing in a database that was just migrated', async () => {
    expect(await checkSchema(base.database)).toEqual([]);
  });

  it('finds a column without a comment, and a month without a partition', async () => {
    const month = new Date().toISOString().slice(0, 7);
    await base.owner.pool.query(
      `COMMENT ON COLUMN registry.record.kind IS NULL; DROP TABLE registry.event_party_${month.replace('-', '_')}`,
    );
    expect(await checkSchema(base.database)).toEqual([
      `registry.event_party has no partition for ${month}: run npm run months -- ensure`,
      'registry.record.kind has no comment',
    ]);
  });
});
