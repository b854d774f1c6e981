import { type Envelope, sourceUri, topicOf, writeHead } from '@simpul/contracts';
import { pseudonym, strongestIdentifier } from '@simpul/identifiers';
import type { GoodItem } from './item-judgement.js';
import type { Kind } from './kind.js';

/** Who says it, when we got it, and under which keys and zone it is written. */
export interface ItemContext {
  /** Short name, from the token. */
  source: string;
  /** Milliseconds. */
  now: number;
  timeZoneOffset: string;
  pseudonymKey: Buffer;
  traceparent: string;
}

/** An event ready to be sealed and published. */
export interface ReadyEvent {
  topic: string;
  /** Pseudonym: subject of the event and key of the Kafka message. */
  key: string;
  /** The envelope as compact JSON, without `data`. */
  head: string;
  /** What is to be sealed. */
  payload: string;
  receivedAt: string;
}

const utc = (ms: number): string => new Date(ms).toISOString();

/** Pure: the event that a good item becomes. */
export function prepareEvent(kind: Kind, item: GoodItem, context: ItemContext): ReadyEvent {
  const { id, event } = item;
  const { data, times } = event;
  const known = { recordedAt: new Date(times.recorded), source: context.source, eventId: id };
  const key = pseudonym(context.pseudonymKey, strongestIdentifier(kind.event.subject(data), known));
  const receivedAt = utc(context.now);
  const { time, recorded } = times;
  return {
    topic: topicOf(kind.event.sector),
    key,
    head: writeHead(envelopeOf(kind, { id, key, receivedAt, time: utc(time), recorded: utc(recorded) }, context)),
    payload: payloadOf(kind, item.digest, data),
    receivedAt,
  };
}

interface EnvelopeParts {
  id: string;
  key: string;
  time: string;
  recorded: string;
  receivedAt: string;
}

const envelopeOf = (kind: Kind, parts: EnvelopeParts, { source, traceparent }: ItemContext): Envelope => ({
  specversion: '1.0',
  id: parts.id,
  source: sourceUri(source),
  type: kind.event.type,
  subject: parts.key,
  time: parts.time,
  recordedtime: parts.recorded,
  receivedtime: parts.receivedAt,
  datacontenttype: 'application/jose',
  dataschema: kind.event.dataschema,
  classification: kind.event.classification,
  traceparent,
});

function payloadOf({ mapping = 1 }: Kind, digest: string, data: object): string {
  return JSON.stringify({ digest, data, ...(mapping > 1 && { mapping }) });
}
