import { type Envelope, type EventType, growthMeasured, type Sector, topicOf, writeHead } from '@simpul/contracts';
import { createSealer } from '@simpul/identifiers';
import { pushedMessage, type PushedOptions, testRegistryKey } from '@simpul/testing';
import { CANARY } from './canary.js';
import { REGISTRY_KEY } from './hub.js';
import { EVERYWHERE } from './token-set.js';

/** A message as it is put into the log. */
export interface LogMessage {
  topic: string;
  key: string | null;
  value: Buffer | null;
  headers?: Record<string, string>;
  /** What a receipt would name. */
  id?: string;
  digest?: string;
}

/** What must become of it: the state and code of its dead letter, or the status that its receipt tells. */
export type LogVerdict = `dead ${string}` | `waiting ${string}` | 'applied' | 'duplicate' | 'superseded' | 'repaired';

/** Messages of one case, in the order of the log; the verdict is that of the last. */
export interface LogCase {
  name: string;
  messages: () => readonly LogMessage[];
  wanted: LogVerdict;
}

const PSEUDONYM_KEY = Buffer.alloc(32, 9);
const growth = growthMeasured as unknown as EventType<Growth>;

export interface Growth {
  child: object;
  facility: { system: string; value: string };
  weightKg: number;
}

const DATA: Growth = {
  child: { localId: 'balita-log', name: `CONTOH ${CANARY}`, birthDate: '2024-08-12' },
  facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
  weightKg: 9.4,
};

let count = 0;

/** A weighing that nothing is wrong with, sealed as an adapter seals it, with these differences. */
export function sealed(changes: Partial<PushedOptions<Growth>> = {}): LogMessage {
  const options: PushedOptions<Growth> = {
    type: growth,
    data: DATA,
    source: EVERYWHERE,
    kind: 'growth-measurement',
    reference: `log-${(count += 1)}`,
    time: '2024-11-12T02:14:00.000Z',
    recipient: REGISTRY_KEY,
    pseudonymKey: PSEUDONYM_KEY,
    ...changes,
  };
  return { ...pushedMessage(options), headers: CONTENT_TYPE };
}

export const CONTENT_TYPE = { 'content-type': 'application/cloudevents+json; charset=utf-8' };

export const data = (changes: object): Growth => ({ ...DATA, ...changes });

/** An envelope as text of JSON, before it is sealed, changed by hand. */
export function enveloped(change: (head: string) => string, payload?: string): LogMessage {
  const message = sealed();
  const head = change(headOf(message));
  const text = payload ?? JSON.stringify({ digest: message.digest, data: DATA });
  return { ...message, value: Buffer.from(createSealer({ recipient: () => REGISTRY_KEY }).seal(head, text)) };
}

/** A good envelope around this sealed text. */
export const holding = (payload: string): LogMessage => enveloped((head) => head, payload);

/** With one attribute replaced, or left out. */
export const withAttribute = (name: keyof Envelope, value?: unknown): LogMessage =>
  enveloped((head) => writeHead({ ...(JSON.parse(head) as Envelope), [name]: value }));

/** The envelope without what is sealed. */
export const headOf = ({ value }: LogMessage): string => `${String(value).split(',"data":"')[0] ?? ''}}`;

/** Behind the seal, changed as text. */
export function tampered(change: (text: string) => string): LogMessage {
  const message = sealed();
  return { ...message, value: Buffer.from(change(String(message.value))) };
}

export const unknownKey = testRegistryKey('hostile-2');

/** Bytes of no message at all. */
export const bytes = (value: Buffer | string | null, key: string | null = 'x'): LogMessage => ({
  topic: topicOf('health'),
  key,
  value: value === null ? null : Buffer.from(value),
});

/** A good event of a sector, for any partition. */
export function goodEvent(type: EventType): LogMessage {
  const [example] = type.examples;
  if (!example) throw new Error(`${type.type} has no example`);
  return sealed({
    type: type as EventType<Growth>,
    data: example.data as Growth,
    time: example.time,
    kind: 'good-event',
  });
}

export const inTopicOf = (sector: Sector, message: LogMessage): LogMessage => ({ ...message, topic: topicOf(sector) });
