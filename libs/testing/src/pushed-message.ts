import { digestOf, eventId, sourceUri, topicOf, writeHead } from '@simpul/contracts';
import type { Envelope, EventType } from '@simpul/contracts';
import { createSealer, pseudonym, strongestIdentifier } from '@simpul/identifiers';
import type { RegistryPublicKey } from '@simpul/identifiers';

/** A statement as an agency would push it, and what an adapter would make of it. */
export interface PushedOptions<T extends object> {
  type: EventType<T>;
  data: T;
  source: string;
  kind: string;
  reference: string;
  revision?: number;
  /** ISO, UTC with milliseconds. */
  time: string;
  recordedTime?: string;
  mapping?: number;
  /** The registry key to seal to. */
  recipient: RegistryPublicKey;
  /** Pseudonym key of the sector. */
  pseudonymKey: Buffer;
  /** Another digest than that of the data: what the agency sent may differ where the translation drops it. */
  digest?: string;
  envelope?: Partial<Envelope>;
}

export interface PushedMessage {
  topic: string;
  key: string;
  value: Buffer;
  id: string;
  digest: string;
}

/** Seals an event like an adapter does, for producing directly to a topic. */
export function pushedMessage<T extends object>(options: PushedOptions<T>): PushedMessage {
  const { type, data, kind, reference, revision = 0, time, recordedTime = time } = options;
  const id = eventId(kind, reference, revision);
  const subject = type.subject(data);
  const strongest = strongestIdentifier(subject, {
    recordedAt: new Date(recordedTime),
    source: options.source,
    eventId: id,
  });
  const envelope: Envelope = {
    specversion: '1.0',
    id,
    source: sourceUri(options.source),
    type: type.type,
    subject: pseudonym(options.pseudonymKey, strongest),
    time,
    recordedtime: recordedTime,
    receivedtime: recordedTime,
    datacontenttype: 'application/jose',
    dataschema: type.dataschema,
    classification: type.classification,
    ...options.envelope,
  };
  const digest = options.digest ?? digestOf({ reference, revision, time, recordedTime, ...data });
  const payload = JSON.stringify({
    digest,
    data,
    ...(options.mapping && options.mapping > 1 && { mapping: options.mapping }),
  });
  const sealer = createSealer({ recipient: () => options.recipient });
  const value = Buffer.from(sealer.seal(writeHead(envelope), payload));
  return { topic: topicOf(type.sector), key: envelope.subject, value, id, digest };
}
