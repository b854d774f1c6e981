import type { PoolClient } from 'pg';
import { crashPoint } from '@simpul/process';
import type { NewRecord } from '../record/record-row.store.js';
import { lockRecords, writeRecords } from '../record/record-row.store.js';
import type { RecordClaims } from '../record/record.fold.js';
import type { RecordKeyStore, TransactionKeys } from '../record/record-key.store.js';
import { addRecords } from './add-records.store.js';
import type { Entry } from './batch-entry.js';
import { planBatch } from './batch-plan.js';
import type { BatchPlan, PlanContext } from './batch-plan.js';
import { claimsAbout } from './event-body.js';
import type { BodyContext } from './event-body.js';
import { addFeedBatch, beginBatch } from './feed.store.js';
import { foldRecords } from './fold-records.store.js';
import { toLetters } from './letter.js';
import { markRepaired, writeDeadLetters } from './dead-letter.store.js';
import type { LogPlace } from './log-position.store.js';
import { copyBodies, emptyBodies, listTouchedRecords } from './service-event.store.js';
import type { NewBody } from './service-event.store.js';
import { highestOf } from './settle.js';
import type { Ledger } from './settle.js';
import { findLedgers, insertStatements, keyText, lockLedgers, writeLedgers } from './statement.store.js';
import type { StatementKey } from './statement.store.js';
import { noteTouched } from './touched-record.store.js';

export type ApplyContext = BodyContext & { keys: RecordKeyStore };

/** Release only: what decides about messages that wait; asked under the statements' locks. */
export type WaitingOrder = Pick<PlanContext, 'isFirstWaiting' | 'leaveWaiting'>;

export interface Applied {
  plan: BatchPlan;
  dataKeys: TransactionKeys;
}

/**
 * The effects of messages whose log position is locked, in the lock order of all writers: statements, records, then what is only appended,
 * last the feed head. Counters and position are the caller's.
 */
export async function applyBatch(
  client: PoolClient,
  place: LogPlace,
  entries: readonly Entry[],
  context: ApplyContext & { orderWaiting?: () => Promise<WaitingOrder> },
): Promise<Applied> {
  const { batch, isRebuilding } = await beginBatch(client);
  const plan = await settleStatements(client, entries, { batch, partition: place.partition }, context.orderWaiting);
  crashPoint('ingest.statements');
  const anew = new Set(await listTouchedRecords(client, plan.turned));
  const records = newRecordsOf(plan.bodies);
  const claims = claimsOf(plan.counting);
  const made = await addRecords(client, records, { claims, batch }, context);
  const touched = [...new Set([...records.map(({ id }) => id), ...anew])];
  const locked = await lockRecords(
    client,
    touched.filter((id) => !made.ids.has(id)),
  );
  const ids = locked.map(({ id }) => id);
  if (isRebuilding) await noteTouched(client, [...made.ids, ...ids], batch);
  const dataKeys = made.dataKeys.with(await context.keys.keysFor(client, ids));
  crashPoint('ingest.records');
  const changed = await foldRecords(client, { locked, added: claims, anew, dataKeys }, context);
  await writeRecords(client, changed, batch);
  crashPoint('ingest.folded');
  await copyBodies(client, plan.bodies, dataKeys);
  await emptyBodies(client, plan.replaced);
  crashPoint('ingest.bodies');
  await writeDeadLetters(client, place, toLetters(plan));
  await markRepaired(client, plan.healed);
  crashPoint('ingest.letters');
  await addFeedBatch(client, batch, plan.bodies.length);
  crashPoint('ingest.feed');
  return { plan, dataKeys };
}

/**
 * Locks the statements and settles the messages. New statements are inserted at once with the verdict that a look without locks foretells;
 * where somebody else was faster, the second plan, made under the locks, puts it right.
 */
async function settleStatements(
  client: PoolClient,
  entries: readonly Entry[],
  context: PlanContext,
  orderWaiting?: () => Promise<WaitingOrder>,
): Promise<BatchPlan> {
  const keys = distinctKeys(entries);
  const seen = await findLedgers(client, keys);
  const inserted = orderWaiting
    ? new Map<string, Ledger>()
    : await insertForetold(client, planBatch(entries, seen, context), seen, context.batch);
  const known = await lockLedgers(
    client,
    keys.filter((key) => !inserted.has(keyText(key))),
  );
  const plan = planBatch(entries, known, { ...context, ...(await orderWaiting?.()) });
  await writeLedgers(
    client,
    plan.changes.map((change) => toStoredChange(change, inserted)),
  );
  return plan;
}

/** What an insert has stored already counts as there, so that only a difference is written. */
function toStoredChange(
  change: BatchPlan['changes'][number],
  inserted: ReadonlyMap<string, Ledger>,
): BatchPlan['changes'][number] {
  const stored = inserted.get(keyText(change.key));
  if (!stored) return change;
  const before = new Map(
    [...stored].map(([revision, row]) => {
      const now = change.after.get(revision);
      return [revision, now && isSameRow(now, row) ? now : row];
    }),
  );
  return { ...change, before };
}

const isSameRow = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

async function insertForetold(
  client: PoolClient,
  foretold: BatchPlan,
  seen: ReadonlyMap<string, Ledger>,
  batch: string,
): Promise<Map<string, Ledger>> {
  const rows = foretold.changes.flatMap(({ key, after }) => {
    const highest = highestOf(after);
    return seen.has(keyText(key)) || !highest ? [] : [{ ...key, ...highest }];
  });
  const inserted = await insertStatements(client, rows, batch);
  return new Map(
    rows
      .filter((row) => inserted.has(keyText(row)))
      .map((row) => {
        const { source: _source, kind: _kind, reference: _reference, ...revision } = row;
        return [keyText(row), new Map([[row.revision, revision]])];
      }),
  );
}

function distinctKeys(entries: readonly Entry[]): StatementKey[] {
  return [...new Map(entries.flatMap(({ key }) => (key ? [[keyText(key), key] as const] : []))).values()];
}

/** Records of all new bodies, also of those that do not count: so state does not depend on the order in which revisions came. */
export function newRecordsOf(bodies: readonly Pick<NewBody, 'key' | 'body'>[]): NewRecord[] {
  const records = new Map<string, NewRecord>();
  for (const { body, key } of bodies) {
    for (const { record, kind } of body.mentions) records.set(record, { id: record, kind, source: key.source });
  }
  return [...records.values()];
}

/** What these bodies say, by record. */
export function claimsOf(bodies: readonly Pick<NewBody, 'body'>[]): Map<string, RecordClaims[]> {
  const claims = new Map<string, RecordClaims[]>();
  for (const { body } of bodies) {
    for (const record of new Set(body.mentions.map((mention) => mention.record))) {
      const held = claims.get(record) ?? [];
      held.push(...claimsAbout(record, body.event, body.mentions));
      claims.set(record, held);
    }
  }
  return claims;
}
