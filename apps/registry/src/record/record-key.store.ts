import type { KeyObject } from 'node:crypto';
import type { PoolClient } from 'pg';
import { byteaArray, plainArray } from '@simpul/database';
import type { Database } from '@simpul/database';
import type { KeyEncryptionKey, RegistryKeys } from './registry-keys.js';
import { newDataKey, unwrapDataKey } from './sealed-part.js';

/** Data keys of the records of one transaction. */
export interface DataKeys {
  /** Throws for a record that was not asked for. */
  get(record: string): KeyObject;
  find(record: string): KeyObject | undefined;
}

interface KeyRow {
  record: string;
  wrapped: Buffer;
  kek: string;
}

// A data key is 32 bytes and its object some hundred: a quarter of a million fit in 100 MB.
const CACHED = 250_000;

/** The records' data keys. A key is remembered only once the transaction that stored it has committed. */
export class RecordKeyStore {
  private readonly cache = new Map<string, KeyObject>();
  private lineage = 0;

  constructor(
    private readonly keys: Pick<RegistryKeys, 'wrapping'>,
    private readonly database: Pick<Database, 'lineage'>,
  ) {}

  /** Keys of these records, made where there is none. The records are locked by the caller, or about to be added. */
  async keysFor(client: PoolClient, records: readonly string[]): Promise<TransactionKeys> {
    const keys = await this.findKeys(client, records);
    const without = records.filter((record) => !keys.find(record));
    if (without.length === 0) return keys;
    const made = await this.create(client, without);
    for (const [record, key] of made) keys.add(record, key);
    const others = without.filter((record) => !made.has(record));
    for (const row of await readKeys(client, others)) keys.add(row.record, this.unwrap(row));
    return keys;
  }

  /** Keys of these records as far as there are any: an erased record has none. */
  async findKeys(client: PoolClient, records: readonly string[]): Promise<TransactionKeys> {
    this.forgetFormer();
    const keys = new TransactionKeys(this.lineage);
    const missing = new Set<string>();
    for (const record of records) {
      const cached = this.cache.get(record);
      if (cached) keys.take(record, cached);
      else missing.add(record);
    }
    for (const row of await readKeys(client, [...missing])) keys.add(row.record, this.unwrap(row));
    return keys;
  }

  /** To be called after the commit. */
  remember(keys: TransactionKeys): void {
    if (keys.lineage !== this.database.lineage) return;
    for (const [record, key] of keys.added) this.cache.set(record, key);
    for (const record of this.cache.keys()) {
      if (this.cache.size <= CACHED) break;
      this.cache.delete(record);
    }
  }

  /** A new connection may lead to a database that does not hold all keys that were seen before. */
  private forgetFormer(): void {
    if (this.lineage === this.database.lineage) return;
    this.cache.clear();
    this.lineage = this.database.lineage;
  }

  private unwrap({ wrapped, kek }: KeyRow): KeyObject {
    return unwrapDataKey(wrapped, kek, this.keys.wrapping);
  }

  /** Keys of those that had none until now. */
  private async create(client: PoolClient, records: readonly string[]): Promise<Map<string, KeyObject>> {
    const wrapping: KeyEncryptionKey = this.keys.wrapping[0];
    const made = new Map(records.map((record) => [record, newDataKey(wrapping)]));
    const { rows } = await client.query<{ record: string }>({
      name: 'create-record-keys',
      text: `INSERT INTO registry.record_key (record, wrapped, kek)
             SELECT record, wrapped, $3 FROM unnest($1::uuid[], $2::bytea[]) AS u (record, wrapped) ORDER BY record
             ON CONFLICT (record) DO NOTHING RETURNING record`,
      values: [plainArray([...made.keys()]), byteaArray([...made.values()].map(({ wrapped }) => wrapped)), wrapping.id],
    });
    const created = new Set(rows.map(({ record }) => record));
    return new Map([...made].flatMap(([record, { key }]) => (created.has(record) ? [[record, key]] : [])));
  }
}

async function readKeys(client: PoolClient, records: readonly string[]): Promise<KeyRow[]> {
  if (records.length === 0) return [];
  const { rows } = await client.query<KeyRow>({
    name: 'record-keys',
    text: 'SELECT record, wrapped, kek FROM registry.record_key WHERE record = ANY($1::uuid[])',
    values: [plainArray(records)],
  });
  return rows;
}

/** What one transaction knows: keys from the cache, and those that it read or made. */
export class TransactionKeys implements DataKeys {
  readonly added = new Map<string, KeyObject>();
  private readonly all = new Map<string, KeyObject>();

  /** `lineage`: of the database in which they were found. */
  constructor(readonly lineage: number) {}

  take(record: string, key: KeyObject): void {
    this.all.set(record, key);
  }

  add(record: string, key: KeyObject): void {
    this.all.set(record, key);
    this.added.set(record, key);
  }

  /** Joined by what the same transaction learned later. The lineage stays the earlier one: where it changed in between, nothing is remembered. */
  with(later: TransactionKeys): this {
    for (const [record, key] of later.all) this.take(record, key);
    for (const [record, key] of later.added) this.add(record, key);
    return this;
  }

  find(record: string): KeyObject | undefined {
    return this.all.get(record);
  }

  get(record: string): KeyObject {
    const key = this.all.get(record);
    if (!key) throw new Error(`Record ${record} has no data key in this transaction`);
    return key;
  }
}
