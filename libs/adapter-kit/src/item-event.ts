import {
  digestOf,
  type Envelope,
  eventId,
  type FieldError,
  ProblemError,
  revisionOf,
  sourceUri,
  topicOf,
  writeHead,
} from '@simpul/contracts';
import { pseudonym, strongestIdentifier } from '@simpul/identifiers';
import { checkMessage } from './item-check.js';
import { readTimes } from './item-times.js';
import { listWarnings } from './item-warnings.js';
import { FRAME, type Kind, type Message } from './kind.js';
import type { Warning } from './outcome.js';

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

/** An item ready to be sealed and published. */
export interface ReadyItem {
  id: string;
  digest: string;
  topic: string;
  /** Pseudonym: subject of the event and key of the Kafka message. */
  key: string;
  /** The envelope as compact JSON, without `data`. */
  head: string;
  /** What is to be sealed. */
  payload: string;
  receivedAt: string;
  warnings: readonly Warning[];
}

export interface RefusedItem {
  id?: string;
  problem: ProblemError;
}

/** A list this long may have been cut before it came to the frame. */
const CUT_AT = 100;

const idOf = (kind: Kind, message: Message): string => eventId(kind.name, message.reference, revisionOf(message));

/** The id of a refused message, where reference and revision at least are sound. */
function findId(kind: Kind, value: unknown, errors: readonly FieldError[]): string | undefined {
  const isUnsound =
    errors.length >= CUT_AT || errors.some(({ pointer }) => pointer === '' || FRAME.has(pointer.slice(1)));
  return isUnsound ? undefined : idOf(kind, value as Message);
}

function refuse(problem: ProblemError, id: string | undefined): RefusedItem {
  return id === undefined ? { problem } : { id, problem };
}

/** Pure: a value as it was sent, to the event that it becomes, or why it is refused. */
export function prepareItem(kind: Kind, value: unknown, context: ItemContext): ReadyItem | RefusedItem {
  const message = checkMessage(kind, value);
  if (message instanceof ProblemError) return refuse(message, findId(kind, value, message.errors ?? []));
  const id = idOf(kind, message);
  const event = kind.toEvent(message);
  const times = readTimes(message, event.time, { ...context, timeField: kind.timeField });
  if (times instanceof ProblemError) return refuse(times, id);
  const recordedAt = new Date(times.recorded);
  const subject = kind.event.subject(event.data);
  const key = pseudonym(
    context.pseudonymKey,
    strongestIdentifier(subject, { recordedAt, source: context.source, eventId: id }),
  );
  const receivedAt = new Date(context.now).toISOString();
  const digest = digestOf(message);
  const kk = kind.event.families(event.data)[0]?.family.familyCard;
  return {
    id,
    digest,
    topic: topicOf(kind.event.sector),
    key,
    head: writeHead(envelopeOf(kind, { id, key, receivedAt, ...times }, context)),
    payload: payloadOf(kind, digest, event.data),
    receivedAt,
    warnings: listWarnings(kind.event.people(event.data), recordedAt, kk),
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
