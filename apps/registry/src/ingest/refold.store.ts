import { eventId, findEventType } from '@simpul/contracts';
import type { PoolClient } from 'pg';
import { claimsAbout } from './event-body.js';
import { listBodiesAbout } from './service-event.store.js';
import type { StoredBody } from './service-event.store.js';
import { countingOf, isSameBody } from './settle.js';
import { findLedgers, keyText } from './statement.store.js';
import { joinParts } from '../record/event-part.js';
import { mentionsOf } from '../record/mention.js';
import type { Mention, MentionContext, ToldEvent } from '../record/mention.js';
import type { RecordClaims } from '../record/record.fold.js';
import type { DataKeys, RecordKeyStore, TransactionKeys } from '../record/record-key.store.js';
import { openPart } from '../record/sealed-part.js';

type Context = MentionContext & { keys: RecordKeyStore };

/** An event of the ledger that counts, opened again. */
export interface CountingEvent {
  event: ToldEvent & { id: string };
  mentions: readonly Mention[];
  body: StoredBody;
}

/** What counts about some records, and their data keys, as far as there are any. */
export interface Counting {
  events: CountingEvent[];
  keys: TransactionKeys;
}

/**
 * All claims about these records that count, from the ledger.
 * The records are locked; what another transaction has not committed yet waits for these locks and folds itself in afterwards.
 */
export async function listCountingClaims(
  client: PoolClient,
  records: readonly string[],
  context: Context,
): Promise<Map<string, RecordClaims[]>> {
  return claimsByRecord(records, (await readCounting(client, records, context)).events);
}

/** All events about these records that count: of each statement its highest applied revision, unless that is a withdrawal. */
export async function readCounting(
  client: PoolClient,
  records: readonly string[],
  context: Context,
): Promise<Counting> {
  const counting = await keepCounting(client, await listBodiesAbout(client, records));
  const involved = counting.flatMap((body) => [body.record, ...body.parties.map((party) => party.record)]);
  const keys = await context.keys.findKeys(client, [...new Set([...records, ...involved])]);
  const events = counting.flatMap((body) => {
    const event = toTold(body, keys);
    return event ? [{ event, mentions: mentionsOf(event, context), body }] : [];
  });
  return { events, keys };
}

export function claimsByRecord(
  records: readonly string[],
  events: readonly CountingEvent[],
): Map<string, RecordClaims[]> {
  const claims = new Map<string, RecordClaims[]>(records.map((record) => [record, []]));
  for (const { event, mentions } of events) {
    for (const record of new Set(mentions.map((mention) => mention.record)))
      claims.get(record)?.push(...claimsAbout(record, event, mentions));
  }
  return claims;
}

async function keepCounting(client: PoolClient, bodies: StoredBody[]): Promise<StoredBody[]> {
  const statements = new Map(bodies.map((body) => [keyText(body), body]));
  const ledgers = await findLedgers(client, [...statements.values()]);
  return bodies.filter((body) => {
    const ledger = ledgers.get(keyText(body));
    if (!ledger) throw new Error(`A body of batch ${body.batch} has no statement`);
    const counting = countingOf(ledger);
    return !body.withdrawn && isSameBody(counting, body);
  });
}

/** The event again; undefined when a part of it was erased: then nothing of it counts any more. */
function toTold(body: StoredBody, keys: DataKeys): CountingEvent['event'] | undefined {
  const type = findEventType(body.type);
  if (!type) throw new Error(`The ledger holds ${body.type}, which this build does not know`);
  const id = eventId(body.kindName, body.reference, body.revision);
  const parts: Record<string, unknown>[] = [];
  for (const { record, role, sealed } of [{ ...body, role: 'subject' }, ...body.parties]) {
    if (!sealed) continue;
    const key = keys.find(record);
    if (!key) return undefined;
    parts.push(
      JSON.parse(openPart(key, [record, body.sourceName, id, role], sealed).toString()) as Record<string, unknown>,
    );
  }
  const { sourceName: source, kindName: kind, reference, time, recordedTime } = body;
  return { id, type, source, kind, reference, time, recordedTime, data: joinParts(body.facts, parts) };
}
