import type { EventType, PersonRef } from '@simpul/contracts';
import { growthMeasured } from '@simpul/contracts';
import type { Database } from '@simpul/database';
import { pushedMessage, testDatabase } from '@simpul/testing';
import type { PushedMessage, PushedOptions, TestDatabase, TestKeys } from '@simpul/testing';
import { HeldCountStore } from '../src/dead-letter/held-count.store.js';
import type { ApplyContext } from '../src/ingest/apply-batch.store.js';
import { applyContextOf } from '../src/ingest/apply-context.js';
import { IngestStore } from '../src/ingest/ingest.store.js';
import type { IngestResult } from '../src/ingest/ingest.store.js';
import { NameNumberStore } from '../src/ingest/name-number.store.js';
import type { Candidate } from '../src/ingest/opened-event.js';
import { ReleaseStore } from '../src/ingest/release.store.js';
import { ReplayStore } from '../src/replay/replay.store.js';
import { ReplayTrials } from '../src/replay/replay-trial.store.js';
import { stateHash } from '../src/record/state-hash.store.js';
import { JudgeOnTrial, type Knowledge } from './judge-on-trial.js';

/** An ingest with its own database: messages go straight to the store, as if read from the log. */
export interface IngestOnTrial extends TestDatabase {
  topic: string;
  /** Reads these messages next, or from a given offset, of a partition. */
  read(partition: number, messages: readonly PushedMessage[], at?: bigint): Promise<IngestResult>;
  release(): Promise<number>;
  /** How many wait for what. */
  waiting(): Promise<Record<string, number>>;
  /** How many messages were judged so far. */
  judged(): number;
  /** The jobs of operators, and one more process that works on them. */
  replays: ReplayStore;
  tryNext(job: string): Promise<boolean>;
  /** Ends the connection of this work when its transaction has done all but what it does to `table`, as the death of its process does. */
  killedAtTheEnd(work: () => Promise<unknown>, table?: string): Promise<void>;
  hash(): Promise<string>;
  /** Sum of the counters by name, over all partitions and sources. */
  counters(): Promise<Record<string, number>>;
  /** Partitions where next - first is not the sum of the counters. */
  unbalanced(): Promise<number>;
  know(change: Partial<Knowledge>): void;
  rows<T extends object>(sql: string): Promise<T[]>;
  /** Every connection breaks; the next query makes a new one. */
  breakConnections(): Promise<void>;
}

export async function ingestOnTrial(keys: TestKeys, at?: TestDatabase): Promise<IngestOnTrial> {
  const test = at ?? (await testDatabase());
  const { database } = test;
  const context = contextOf(keys, database);
  const options = { database, numbers: new NameNumberStore(database), context };
  const store = new IngestStore(options);
  const judge = new JudgeOnTrial(keys.opening);
  const ends = new Map<number, bigint>();
  const topic = 'simpul.health.events.v1';
  const toCandidate = (message: PushedMessage, offset: bigint): Candidate => {
    const raw = { key: Buffer.from(message.key), value: message.value };
    return { ...raw, offset, appendedAt: Date.UTC(2026, 10, 20), judged: judge.now().judge({ topic, ...raw }) };
  };
  return {
    ...test,
    topic,
    read: async (partition, messages, start) => {
      const from = start ?? ends.get(partition) ?? 0n;
      const candidates = messages.map((message, index) => toCandidate(message, from + BigInt(index)));
      const result = await store.ingest({ topic, partition }, candidates);
      if (result.is === 'applied') ends.set(partition, result.next);
      return result;
    },
    release: () => new ReleaseStore(options, store).release(judge.now()),
    replays: new ReplayStore(database),
    // Each as a process of its own: nothing is remembered from one to the next.
    tryNext: (job) => {
      const own = { ...options, context: contextOf(keys, database) };
      return new ReplayTrials(own, new IngestStore(own)).tryNext(job, judge.now());
    },
    waiting: async () => Object.fromEntries(await new HeldCountStore(database).countWaiting()),
    judged: () => judge.judged,
    killedAtTheEnd: (work, table) => killAtTheEnd(test, work, table),
    hash: async () => (await stateHash(database, keys)).hash,
    counters: () => countersOf(database),
    unbalanced: () => unbalancedOf(database),
    know: (change) => judge.know(change),
    rows: async <T extends object>(sql: string) => (await database.pool.query<T>(sql)).rows,
    breakConnections: () => breakConnections(test),
  };
}

async function breakConnections({ owner }: TestDatabase): Promise<void> {
  await owner.pool.query(
    'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}

const contextOf = (keys: TestKeys, database: Database): ApplyContext =>
  applyContextOf({ timeZoneOffset: '+07:00' }, keys, database);

/** The head of the feed is taken last, as is the job of a rebuild: whoever waits for it has done everything else. */
async function killAtTheEnd(
  { owner }: TestDatabase,
  work: () => Promise<unknown>,
  table = 'registry.feed_head',
): Promise<void> {
  const keeper = await owner.pool.connect();
  try {
    await keeper.query('BEGIN');
    await keeper.query(`SELECT FROM ${table} FOR UPDATE`);
    const ended = work().then(
      () => undefined,
      (error: unknown) => error,
    );
    const until = Date.now() + 30_000;
    let killed = 0;
    while (killed === 0 && Date.now() < until) {
      const { rowCount } = await owner.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1 AND pid <> pg_backend_pid()`,
        [`%${table}%`],
      );
      killed = rowCount ?? 0;
    }
    const error = await ended;
    if (!(error instanceof Error)) throw new Error('The work came to its end alive');
  } finally {
    await keeper.query('ROLLBACK');
    keeper.release();
  }
}

async function countersOf({ pool }: Database): Promise<Record<string, number>> {
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT sum(applied) applied, sum(duplicate) duplicate, sum(repaired) repaired, sum(conflict) conflict, sum(dead) dead,
       sum(waiting) waiting FROM operations.log_counter`,
  );
  const counters = Object.entries(rows[0] ?? {}).map(([name, n]) => [name, Number(n)] as const);
  return Object.fromEntries(counters.filter(([, n]) => n > 0));
}

async function unbalancedOf({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM operations.log_position p WHERE next_offset - first_offset <> (
       SELECT coalesce(sum(applied + duplicate + repaired + conflict + dead + waiting), 0) FROM operations.log_counter c
       WHERE (c.generation, c.topic, c.partition) = (p.generation, p.topic, p.partition))`,
  );
  return rows[0]?.n ?? -1;
}

export type Growth = Partial<PushedOptions<object>> & {
  child?: Partial<PersonRef>;
  weightKg?: number;
  withdrawn?: true;
};

/** Makes messages about the weighing of children. */
export function growthMessages(keys: TestKeys): (growth: Growth) => PushedMessage {
  const type = growthMeasured as unknown as EventType<{ child: PersonRef; weightKg: number }>;
  const [example] = type.examples;
  if (!example) throw new Error('There is no example of a weighing');
  return ({ child, weightKg = 9.4, withdrawn, ...options }) =>
    pushedMessage({
      type,
      source: 'puskesmas',
      kind: 'growth-measurement',
      reference: 'w-1',
      time: '2026-11-12T02:14:00.000Z',
      recipient: keys.opening[0],
      pseudonymKey: keys.pseudonym('health'),
      data: { ...example.data, child: { ...(child ?? example.data.child) }, weightKg, ...(withdrawn && { withdrawn }) },
      ...options,
    });
}
