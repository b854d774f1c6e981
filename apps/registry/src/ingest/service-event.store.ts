import type { PoolClient } from 'pg';
import { sealPart } from '../record/sealed-part.js';
import type { DataKeys } from '../record/record-key.store.js';
import { copyRows } from './copy-rows.store.js';
import type { EventBody } from './event-body.js';
import type { StatementKey } from './statement.store.js';

/** Where a body lies. */
export interface BodyAddress {
  /** ms */
  appendedAt: number;
  batch: string;
  place: number;
}

/** A body to be stored. */
export interface NewBody extends BodyAddress {
  key: StatementKey;
  body: EventBody;
  isRepair: boolean;
  partition: number;
  offset: bigint;
}

const EVENT_COLUMNS = `registry.service_event (appended_at, batch, place, source, kind, reference, revision, type, record, time,
  recorded_time, received_time, withdrawn, repair, log_partition, log_offset, business_key, facts, sealed)`;
const PARTY_COLUMNS = 'registry.event_party (appended_at, batch, place, pointer, role, record, sealed)';

/** Appends bodies and parties, what identifies sealed under the data keys of the records that it is about. */
export async function copyBodies(client: PoolClient, bodies: readonly NewBody[], keys: DataKeys): Promise<void> {
  await copyRows(
    client,
    EVENT_COLUMNS,
    bodies.map((body) => toEventRow(body, keys)),
  );
  await copyRows(
    client,
    PARTY_COLUMNS,
    bodies.flatMap((body) => toPartyRows(body, keys)),
  );
}

function toEventRow({ key, body, isRepair, partition, offset, ...at }: NewBody, keys: DataKeys) {
  const { event, subject, parts, businessKey } = body;
  const { source, id } = event;
  return [
    new Date(at.appendedAt),
    at.batch,
    at.place,
    key.source,
    key.kind,
    key.reference,
    event.revision,
    event.type.type,
    subject.record,
    new Date(event.time),
    new Date(event.recordedTime),
    new Date(event.receivedTime),
    event.withdrawn,
    isRepair,
    partition,
    offset,
    businessKey,
    JSON.stringify(parts.facts),
    seal(keys, [subject.record, source, id, 'subject'], parts.sealed.get(subject.pointer)),
  ];
}

function toPartyRows({ body: { event, mentions, parts }, ...at }: NewBody, keys: DataKeys) {
  return mentions
    .filter((mention) => !mention.isSubject)
    .map(({ pointer, role, record }) => [
      new Date(at.appendedAt),
      at.batch,
      at.place,
      pointer,
      role,
      record,
      seal(keys, [record, event.source, event.id, role], parts.sealed.get(pointer)),
    ]);
}

function seal(keys: DataKeys, place: [string, string, string, string], part: object | undefined): Buffer | null {
  if (!part || Object.keys(part).length === 0) return null;
  return sealPart(keys.get(place[0]), place, Buffer.from(JSON.stringify(part)));
}

const ADDRESSES = 'unnest($1::timestamptz[], $2::bigint[], $3::integer[]) AS a (appended_at, batch, place)';
const MATCH = 't.appended_at = a.appended_at AND t.batch = a.batch AND t.place = a.place';

/** Records that these bodies touch. */
export async function listTouchedRecords(client: PoolClient, addresses: readonly BodyAddress[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const { rows } = await client.query<{ record: string }>({
    name: 'touched-records',
    text: `SELECT t.record FROM ${ADDRESSES} JOIN registry.service_event t ON ${MATCH}
           UNION SELECT t.record FROM ${ADDRESSES} JOIN registry.event_party t ON ${MATCH}`,
    values: addressColumns(addresses),
  });
  return rows.map((row) => row.record);
}

/** Bodies that a repair replaced keep their feed number and lose their content. */
export async function emptyBodies(client: PoolClient, addresses: readonly BodyAddress[]): Promise<void> {
  if (addresses.length === 0) return;
  const values = addressColumns(addresses);
  await client.query({
    name: 'empty-bodies',
    text: `UPDATE registry.service_event t SET replaced = true, facts = '{}', sealed = NULL FROM ${ADDRESSES} WHERE ${MATCH}`,
    values,
  });
  await client.query({
    name: 'empty-parties',
    text: `DELETE FROM registry.event_party t USING ${ADDRESSES} WHERE ${MATCH}`,
    values,
  });
}

const addressColumns = (addresses: readonly BodyAddress[]): unknown[][] => [
  addresses.map((address) => new Date(address.appendedAt).toISOString()),
  addresses.map((address) => address.batch),
  addresses.map((address) => address.place),
];

/** A stored body; what identifies is still sealed. */
export interface StoredBody extends BodyAddress, StatementKey {
  sourceName: string;
  kindName: string;
  revision: number;
  type: string;
  record: string;
  time: number;
  recordedTime: number;
  withdrawn: boolean;
  facts: object;
  sealed: Buffer | null;
  parties: StoredParty[];
}

export interface StoredParty {
  pointer: string;
  role: string;
  record: string;
  sealed: Buffer | null;
}

type BodyRow = Omit<StoredBody, 'revision' | 'parties'> & { revision: string };

/** As the number that it becomes: parsing the text of an instant is dear where there are many. */
const inMs = (column: string, name: string): string => `(extract(epoch FROM t.${column}) * 1000)::float8 AS "${name}"`;

/** All bodies that touch these records, also outranked and withdrawn ones; not those that were replaced. */
export async function listBodiesAbout(client: PoolClient, records: readonly string[]): Promise<StoredBody[]> {
  if (records.length === 0) return [];
  const { rows } = await client.query<BodyRow>({
    name: 'bodies-about',
    text: `SELECT ${inMs('appended_at', 'appendedAt')}, t.batch, t.place, t.source, s.name AS "sourceName", t.kind, k.name AS "kindName",
             t.reference, t.revision, t.type, t.record, ${inMs('time', 'time')}, ${inMs('recorded_time', 'recordedTime')}, t.withdrawn,
             t.facts, t.sealed
           FROM (SELECT appended_at, batch, place FROM registry.service_event WHERE record = ANY($1::uuid[])
                 UNION SELECT appended_at, batch, place FROM registry.event_party WHERE record = ANY($1::uuid[])) a
           JOIN registry.service_event t ON ${MATCH}
           JOIN registry.source_number s ON s.number = t.source JOIN registry.kind_number k ON k.number = t.kind
           WHERE NOT t.replaced`,
    values: [records],
  });
  const bodies = rows.map((row): StoredBody => ({
    ...row,
    revision: Number(row.revision),
    parties: [],
  }));
  await addParties(client, bodies);
  return bodies;
}

async function addParties(client: PoolClient, bodies: readonly StoredBody[]): Promise<void> {
  if (bodies.length === 0) return;
  const byAddress = new Map(bodies.map((body) => [`${body.batch}/${body.place}`, body]));
  const { rows } = await client.query<StoredParty & { batch: string; place: number }>({
    name: 'parties-of',
    text: `SELECT t.batch, t.place, t.pointer, t.role, t.record, t.sealed FROM ${ADDRESSES} JOIN registry.event_party t ON ${MATCH}`,
    values: addressColumns(bodies),
  });
  for (const { batch, place, ...party } of rows) byAddress.get(`${batch}/${place}`)?.parties.push(party);
}
