import { hash } from 'node:crypto';
import type { JWK } from 'jose';
import pg from 'pg';
import type { Body, Counter, Folded, Ledger, Letter, Position, RecordState, Revision } from './evidence.js';
import { openAtRest, openMessage, wrappingKeyId } from './seal.js';

export interface LedgerKeys {
  wrapping: Buffer;
  registry: JWK;
}

/** Digests of letters by key and value: what was opened once need not be opened again. */
const digests = new Map<string, string | undefined>();

/** All that the tables say, in one snapshot. */
export async function readLedger(url: string, keys: LedgerKeys): Promise<Ledger> {
  const client = new pg.Client({ connectionString: url, query_timeout: 60_000 });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return {
      revisions: await listRevisions(client),
      bodies: await listBodies(client),
      ...(await readFeed(client)),
      positions: await listPositions(client),
      counters: await listCounters(client),
      letters: await listLetters(client, keys.registry),
      records: await listRecords(client, keys.wrapping),
    };
  } finally {
    await client.end();
  }
}

async function listRevisions(client: pg.Client): Promise<Revision[]> {
  const columns = 'source, kind, reference, revision, digest, verdict, batch, place';
  const { rows } = await client.query<Omit<Revision, 'digest'> & { digest: Buffer | null }>(
    `SELECT s.name AS source, k.name AS kind, t.reference, t.revision::float8 AS revision, t.digest, t.verdict, t.batch, t.place
     FROM (SELECT ${columns} FROM registry.statement UNION ALL SELECT ${columns} FROM registry.statement_revision) t
     JOIN registry.source_number s ON s.number = t.source JOIN registry.kind_number k ON k.number = t.kind`,
  );
  return rows.map((row) => ({ ...row, digest: row.digest?.toString('base64url') ?? null }));
}

async function listBodies(client: pg.Client): Promise<Body[]> {
  const { rows } = await client.query<Body>(
    `SELECT t.batch, t.place, s.name AS source, k.name || '/' || t.reference || '/' || t.revision AS id, t.replaced, t.repair
     FROM registry.service_event t
     JOIN registry.source_number s ON s.number = t.source JOIN registry.kind_number k ON k.number = t.kind`,
  );
  return rows;
}

async function readFeed(client: pg.Client): Promise<Pick<Ledger, 'feed' | 'feedHead'>> {
  const feed = await client.query<Ledger['feed'][number]>(
    'SELECT first::float8 AS first, count, batch FROM registry.feed_batch ORDER BY first',
  );
  const head = await client.query<{ n: number }>('SELECT n::float8 AS n FROM registry.feed_head');
  return { feed: feed.rows, feedHead: head.rows[0]?.n ?? -1 };
}

async function listPositions(client: pg.Client): Promise<Position[]> {
  const { rows } = await client.query<
    Record<'topic' | 'first' | 'next', string> & { generation: number; partition: number }
  >('SELECT generation, topic, partition, first_offset AS first, next_offset AS next FROM operations.log_position');
  return rows.map((row) => ({ ...row, first: BigInt(row.first), next: BigInt(row.next) }));
}

async function listCounters(client: pg.Client): Promise<Counter[]> {
  const counts = ['applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting'];
  const { rows } = await client.query<Counter>(
    `SELECT c.generation, c.topic, c.partition, s.name AS source, ${counts.map((name) => `c.${name}::float8 AS ${name}`).join(', ')}
     FROM operations.log_counter c JOIN registry.source_number s ON s.number = c.source`,
  );
  return rows;
}

async function listLetters(client: pg.Client, registry: JWK): Promise<Letter[]> {
  const { rows } = await client.query<Letter & { value: Buffer | null; id: string | null }>(
    `SELECT d.topic, d.partition, d."offset", d.state, d.code, s.name AS source, d.value,
       k.name || '/' || d.reference || '/' || d.revision AS id
     FROM operations.dead_letter d JOIN registry.source_number s ON s.number = d.source
     LEFT JOIN registry.kind_number k ON k.number = d.kind`,
  );
  return await Promise.all(
    rows.map(async ({ value, id, ...letter }) => {
      const digest = id === null || value === null ? undefined : await digestOf(value, registry);
      return { ...letter, ...(id !== null && { id }), ...(digest !== undefined && { digest }) };
    }),
  );
}

async function digestOf(value: Buffer, key: JWK): Promise<string | undefined> {
  const name = `${key.kid} ${hash('sha256', value)}`;
  if (!digests.has(name)) digests.set(name, (await openMessage(value, key))?.digest);
  return digests.get(name);
}

interface SealedRecord {
  id: string;
  kind: string;
  source: string;
  folded: Buffer | null;
  wrapped: Buffer | null;
  kek: string | null;
}

async function listRecords(client: pg.Client, wrapping: Buffer): Promise<RecordState[]> {
  const { rows } = await client.query<SealedRecord>(
    `SELECT r.id, r.kind, s.name AS source, r.folded, k.wrapped, k.kek FROM registry.record r
     JOIN registry.source_number s ON s.number = r.source LEFT JOIN registry.record_key k ON k.record = r.id`,
  );
  return rows.map(({ id, kind, source, ...sealed }) => {
    const folded = openFolded(id, sealed, wrapping);
    return { id, kind, source, ...(folded && { folded }) };
  });
}

/** Undefined when it does not open: its key is gone, or is another one. */
function openFolded(
  id: string,
  { folded, wrapped, kek }: Omit<SealedRecord, 'id' | 'kind' | 'source'>,
  key: Buffer,
): Folded | undefined {
  if (!folded) return {};
  if (!wrapped || kek !== wrappingKeyId(key)) return undefined;
  try {
    return readFolded(openAtRest(key, wrapped, JSON.stringify([id, 'folded']), folded).toString());
  } catch {
    return undefined;
  }
}

/** `[[[time, recorded time, event id], …], {attribute: [value, place of its event], …}]`, as the column's comment tells. */
function readFolded(text: string): Folded {
  const [events, attributes] = JSON.parse(text) as [[number, number, string][], Record<string, [unknown, number]>];
  return Object.fromEntries(
    Object.entries(attributes).map(([name, [value, place]]) => [name, [value, ...(events[place] ?? [])]]),
  ) as Folded;
}
