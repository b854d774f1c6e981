import { canonicalJson } from '@simpul/contracts';
import { splitData } from '../record/event-part.js';
import type { EventParts } from '../record/event-part.js';
import { mentionsOf } from '../record/mention.js';
import type { Mention, MentionContext } from '../record/mention.js';
import type { RecordClaims } from '../record/record.fold.js';
import type { OpenedEvent } from './opened-event.js';

export interface BodyContext extends MentionContext {
  /** HMAC under the index key. */
  hmac: (...parts: (string | Buffer)[]) => Buffer;
}

/** An event made ready to be stored: whom it speaks of, and its data taken apart. */
export interface EventBody {
  event: OpenedEvent;
  mentions: readonly Mention[];
  subject: Mention;
  parts: EventParts;
  businessKey: Buffer;
}

/** Pure. Throws where the rules of the event's type fail on its content: a fault of the message. */
export function toBody(event: OpenedEvent, context: BodyContext): EventBody {
  const mentions = mentionsOf(event, context);
  const subject = mentions.find((mention) => mention.isSubject);
  if (!subject) throw new Error(`${event.type.type} has a subject that it does not name`);
  const parts = splitData(event.type.data, event.data, mentions);
  const time = new Date(event.time).toISOString();
  const key = event.type.businessKey(event.data, time, context.timeZoneOffset);
  return { event, mentions, subject, parts, businessKey: context.hmac(canonicalJson([event.type.type, ...key])) };
}

/** What an event says of one record; a record that it names twice is spoken of twice. */
export function claimsAbout(
  record: string,
  event: Pick<OpenedEvent, 'id' | 'time' | 'recordedTime'>,
  mentions: readonly Mention[],
): RecordClaims[] {
  const { id, time, recordedTime } = event;
  return mentions
    .filter((mention) => mention.record === record)
    .map(({ attributes }) => ({ id, time, recordedTime, attributes }));
}
