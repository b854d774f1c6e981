import { withConnection } from '@simpul/database';
import type { Client } from 'pg';
import { inParallel } from '../growth-load.js';
import { dropIndexes } from './table-indexes.js';

/** A column of a copied row whose value must be another one in each copy. */
type Altered = Readonly<Record<string, string>>;

/** `c` is the number of the copy; the original has 0. */
const altered = (original: string, copy: string): string => `CASE WHEN c = 0 THEN ${original} ELSE ${copy} END`;
const id = (column: string): string => altered(column, `md5(${column}::text || c)::uuid`);
const hash = (column: string): string => altered(column, `sha256(${column} || int4send(c))`);
const REFERENCE = altered('reference', `reference || '.' || c`);
const BATCH = altered('batch', '-batch * 1000 - c');

/** All tables that have rows of a person, with what tells one person from another; everything else is copied as it is. */
const COPIED: Readonly<Record<string, Altered>> = {
  service_event: { record: id('record'), reference: REFERENCE, batch: BATCH, business_key: hash('business_key') },
  event_party: { record: id('record'), batch: BATCH },
  statement: { reference: REFERENCE, batch: BATCH },
  record: { id: id('id'), linking: id('linking'), batch: BATCH },
  record_key: { record: id('record') },
  record_identifier: { record: id('record'), blind: hash('blind') },
};
const TABLES = Object.keys(COPIED).map((name) => `registry.${name}`);
/** Of equal work, a connection each. */
const SIDES = [
  ['service_event', 'event_party'],
  ['statement', 'record', 'record_key', 'record_identifier'],
];

export interface ColdPlan {
  ownerUrl: string;
  /** Of each person. */
  copies: number;
  /** No further piece is begun after so many milliseconds. */
  withinMs: number;
  say(line: string): void;
  stop: AbortSignal;
}

/**
 * Copies the persons that the tables hold: each of their rows so many times, as full as the registry wrote it, for persons that nobody
 * speaks of. The copies of an ingest batch follow it, so that those in play lie among them. Indexes are made at the end, as they are when a
 * backup is restored. Gives how many persons there are then.
 */
export async function addColdPersons(owner: Client, plan: ColdPlan): Promise<number> {
  const batches = await setAside(owner);
  const indexes = await dropIndexes(owner, TABLES);
  await owner.query(`TRUNCATE ${TABLES.join(', ')}`);
  const copied = await copyAll(batches, plan);
  for (const batch of batches.slice(copied)) await copyBatch(owner, Object.keys(COPIED), { batch, copies: 0 });
  plan.say(`Rows of ${copied} of ${batches.length} batches are copied, now their indexes`);
  await inTurns(indexes, plan, (client, index) => client.query(index));
  plan.say('The tables are looked through, as it happens in operation');
  await inTurns(TABLES, plan, (client, name) => client.query(`VACUUM (ANALYZE) ${name}`));
  await owner.query('DROP SCHEMA hot CASCADE');
  const { rows } = await owner.query<{ persons: string }>('SELECT count(*) AS persons FROM registry.record');
  return Number(rows[0]?.persons);
}

/** Both sides copy the same batches, from the first on; how many there are in time. */
async function copyAll(batches: readonly string[], { ownerUrl, copies, withinMs, stop }: ColdPlan): Promise<number> {
  const until = performance.now() + withinMs;
  let begun = 0;
  const copySide = async (client: Client, names: readonly string[]): Promise<void> => {
    for (const [place, batch] of batches.entries()) {
      stop.throwIfAborted();
      if (place >= begun && performance.now() > until) return;
      begun = Math.max(begun, place + 1);
      await copyBatch(client, names, { batch, copies });
    }
  };
  await Promise.all(SIDES.map((names) => withConnection(ownerUrl, (client) => copySide(client, names))));
  return begun;
}

/** What stands in the tables now, by the number of its ingest batch; their numbers. */
async function setAside(owner: Client): Promise<string[]> {
  await owner.query('CREATE SCHEMA hot');
  for (const name of Object.keys(COPIED)) {
    const batch = hasBatch(name) ? 'SELECT * FROM' : 'SELECT t.*, r.batch AS of_batch FROM registry.record AS r JOIN';
    const on = hasBatch(name) ? '' : 'ON t.record = r.id';
    await owner.query(`CREATE UNLOGGED TABLE hot.${name} AS ${batch} registry.${name} AS t ${on}`);
    await owner.query(`CREATE INDEX ON hot.${name} (${batchOf(name)})`);
    await owner.query(`ANALYZE hot.${name}`);
  }
  const { rows } = await owner.query<{ batch: string }>('SELECT DISTINCT batch FROM hot.service_event ORDER BY batch');
  return rows.map(({ batch }) => batch);
}

const hasBatch = (name: string): boolean => COPIED[name]?.['batch'] !== undefined;
const batchOf = (name: string): string => (hasBatch(name) ? 'batch' : 'of_batch');

async function copyBatch(
  client: Client,
  names: readonly string[],
  { batch, copies }: { batch: string; copies: number },
): Promise<void> {
  for (const name of names) {
    const { rows } = await client.query<{ column: string }>(
      `SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [`registry.${name}`],
    );
    const columns = rows.map(({ column }) => column);
    const values = columns.map((column) => COPIED[name]?.[column] ?? column);
    await client.query(
      `INSERT INTO registry.${name} (${columns.join(', ')})
       SELECT ${values.join(', ')} FROM generate_series(0, ${copies}) AS c, hot.${name} WHERE ${batchOf(name)} = ${batch} ORDER BY c`,
    );
  }
}

/** Two at a time, as there are two sides. */
const inTurns = <T>(
  items: readonly T[],
  { ownerUrl, stop }: ColdPlan,
  work: (client: Client, item: T) => Promise<unknown>,
): Promise<void> =>
  inParallel(items, SIDES.length, (item) => {
    stop.throwIfAborted();
    return withConnection(ownerUrl, async (client) => {
      await client.query(`SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0`);
      await work(client, item);
    });
  });
