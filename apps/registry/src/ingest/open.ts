import { explain, parseEventId, sectorOfType, sourceNameOf, topicOf, validatorFor } from '@simpul/contracts';
import type { Envelope, EventType, Payload, Sector } from '@simpul/contracts';
import type { Opener } from '@simpul/identifiers';
import { lackOf } from './lack.js';
import type { EventName, Judged } from './opened-event.js';
import { isStorable } from './storable.js';

/** What the registry knows while it judges. */
export interface OpenContext {
  opener: Opener;
  /** Sectors that a source is registered for; undefined for a source that is not registered. */
  findSectors: (source: string) => readonly Sector[] | undefined;
  /** Event types that this build knows. */
  findType: (type: string) => EventType | undefined;
}

/** A message as it came; `topic` without prefix. */
export interface RawMessage {
  topic: string;
  key: Buffer | null;
  value: Buffer | null;
}

interface Fault {
  pointer: string;
  code: string;
}

/** Bytes to an event, or the reason why not. Pure, never throws. */
export function judge(message: RawMessage, context: OpenContext): Judged {
  if (!message.value) return { is: 'unreadable', code: 'event.envelope' };
  const opened = context.opener.open(message.value);
  if (opened.ok) return judgeOpened(message, opened.envelope, opened.payload, context);
  switch (opened.reason) {
    case 'envelope':
      return { is: 'unreadable', code: 'event.envelope' };
    case 'seal':
    case 'evt':
      return { is: 'unreadable', code: 'event.seal' };
    case 'unknown-key': {
      const name = findName(opened.envelope);
      if (!name) return { is: 'unreadable', code: 'event.envelope' };
      const { kid } = opened;
      return { is: 'waiting', name, code: 'event.waiting.key', kid, lacks: lackOf('key', kid) };
    }
  }
}

function judgeOpened(message: RawMessage, envelope: Envelope, payload: Payload, context: OpenContext): Judged {
  const name = findName(envelope);
  if (!name) return { is: 'unreadable', code: 'event.envelope' };
  const sectors = context.findSectors(name.source);
  const misplaced = findMisplacement(message, envelope, sectors);
  if (misplaced) return { is: 'misplaced', source: name.source, code: misplaced };
  const type = context.findType(envelope.type);
  if (!type) return { is: 'waiting', name, code: 'event.waiting.type', lacks: lackOf('type', envelope.type) };
  if (sectors) return judgeData(name, type, envelope, payload);
  return { is: 'waiting', name, code: 'event.waiting.source', lacks: lackOf('source', name.source) };
}

/** Why the message must not stand where it does. The sectors of a source that is not registered are not known yet. */
function findMisplacement(
  { topic, key }: RawMessage,
  { type, subject }: Envelope,
  sectors: readonly Sector[] | undefined,
): string | undefined {
  const sector = sectorOfType(type);
  if (!sector || topicOf(sector) !== topic) return 'event.topic';
  if (key?.toString() !== subject) return 'event.key';
  return sectors && !sectors.includes(sector) ? 'event.source' : undefined;
}

function judgeData(name: EventName, type: EventType, envelope: Envelope, payload: Payload): Judged {
  const { mapping = 1, data } = payload;
  // 43 characters hold two bits more than 32 bytes: only what is stored is compared.
  const digest = Buffer.from(payload.digest, 'base64url').toString('base64url');
  const refused = (code: string, detail?: Fault[]): Judged => ({
    is: 'refused',
    name,
    digest,
    mapping,
    code,
    detail,
  });
  const misfit = findMisfit(type, envelope, data);
  if (misfit) return refused('event.schema', misfit);
  if (!isStorable(data)) return refused('event.storable');
  const [time, recordedTime, receivedTime] = [envelope.time, envelope.recordedtime, envelope.receivedtime].map(
    Date.parse,
  );
  if (!isInstant(time) || !isInstant(recordedTime) || !isInstant(receivedTime)) return refused('event.schema');
  const withdrawn = 'withdrawn' in data && data.withdrawn === true;
  const event = { ...name, id: envelope.id, type, time, recordedTime, receivedTime, digest, mapping, withdrawn, data };
  return { is: 'event', event };
}

/** What of the data is not as its type wants it; undefined where all is. */
function findMisfit(type: EventType, { dataschema }: Envelope, data: object): Fault[] | undefined {
  if (dataschema !== type.dataschema) return [{ pointer: '', code: 'dataschema' }];
  if (validatorFor(type.data)(data)) return undefined;
  return explain(type.data, data).map(({ pointer, code }) => ({ pointer, code }));
}

/** The envelope's pattern lets 2026-02-31 through; Date does not. */
const isInstant = (ms: number | undefined): ms is number => ms !== undefined && Number.isFinite(ms);

function findName({ id, source }: Envelope): EventName | undefined {
  const parts = parseEventId(id);
  return parts && { source: sourceNameOf(source), ...parts };
}
