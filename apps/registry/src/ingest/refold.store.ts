import { eventId, findEventType } from '@simpul/contracts';
import type { PoolClient } from 'pg';
import { claimsAbout } from './event-body.js';
import { listBodiesAbout } from './service-event.store.js';
import type { StoredBody } from './service-event.store.js';
import { countingOf, isSameBody } from './settle.js';
import { findLedgers, keyText } from './statement.store.js';
import { joinParts } from '../record/event-part.js';
import { mentionsOf } from '../record/mention.js';
import type { MentionContext } from '../record/mention.js';
import type { RecordClaims } from '../record/record.fold.js';
import type { DataKeys, RecordKeyStore } from '../record/record-key.store.js';
import { openPart } from '../record/sealed-part.js';

/**
 * All claims about these records that count, from the ledger: of each statement its highest applied revision, unless that is a withdrawal.
 * The records are locked; what another transaction has not committed yet waits for these locks and folds itself in afterwards.
 */
export async function listCountingClaims(
  client: PoolClient,
  records: readonly string[],
  context: MentionContext & { keys: RecordKeyStore },
): Promise<Map<string, RecordClaims[]>> {
  const claims = new Map<string, RecordClaims[]>(records.map((record) => [record, []]));
  const counting = await keepCounting(client, await listBodiesAbout(client, records));
  const involved = counting.flatMap((body) => [body.record, ...body.parties.map((party) => party.record)]);
  const keys = await context.keys.findKeys(client, [...new Set(involved)]);
  for (const body of counting) {
    const told = toTold(body, keys);
    if (!told) continue;
    const mentions = mentionsOf(told, context);
    for (const record of new Set(mentions.map((mention) => mention.record))) {
      claims.get(record)?.push(...claimsAbout(record, told, mentions));
    }
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
function toTold(body: StoredBody, keys: DataKeys) {
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
