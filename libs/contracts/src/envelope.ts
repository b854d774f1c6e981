import { compileSchema } from './validator.js';
import type { Words } from './words.js';

export type Classification = 'public' | 'internal' | 'personal' | 'specific';

export const CLASSIFICATIONS: Readonly<Record<Classification, Words>> = {
  public: { en: 'public', id: 'publik' },
  internal: { en: 'internal', id: 'internal' },
  personal: { en: 'personal data', id: 'data pribadi' },
  specific: { en: 'specific personal data', id: 'data pribadi spesifik' },
};

/** The attributes of a CloudEvent on the topic, in the order in which they are written; `data` follows last. */
export interface Envelope {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  /** Pseudonym; also the Kafka key. */
  subject: string;
  time: string;
  recordedtime: string;
  receivedtime: string;
  datacontenttype: 'application/jose';
  dataschema: string;
  classification: Classification;
  traceparent?: string;
}

/** What is sealed into `data`. `mapping` above 1 says that the translation was repaired since. */
export interface Payload {
  digest: string;
  data: object;
  mapping?: number;
}

const ORDER = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'recordedtime',
  'receivedtime',
  'datacontenttype',
  'dataschema',
  'classification',
  'traceparent',
] as const satisfies readonly (keyof Envelope)[];

/** Compact JSON of the attributes in their order, closed with `}`: the bytes that the seal is tied to. */
export function writeHead(envelope: Envelope): string {
  return JSON.stringify(envelope, ORDER as unknown as string[]);
}

const text = (pattern: string, maxLength: number): object => ({ type: 'string', pattern, maxLength });
const time = {
  type: 'string',
  format: 'date-time',
  // The years of all messages, with a day on either side for the zone: a claim of the year 9999 would win for ever.
  pattern: '^(?:1799|1[89][0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$',
};

const envelopeSchema = {
  $id: 'urn:simpul:schema:envelope:1',
  type: 'object',
  required: ORDER.filter((name) => name !== 'traceparent'),
  properties: {
    specversion: { const: '1.0' },
    // No run of 16 digits: no NIK in a reference, whoever wrote it.
    id: text('^(?!.*[0-9]{16})[a-z]+(?:-[a-z]+)*/[A-Za-z0-9._:\\-]{1,64}/(?:0|[1-9][0-9]{0,14})$', 160),
    source: text('^urn:simpul:source:[a-z0-9]+(?:-[a-z0-9]+)*$', 120),
    type: text('^id\\.simpul\\.[a-z]+\\.[a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*\\.v[1-9][0-9]*$', 120),
    subject: text('^[A-Za-z0-9_\\-]{43}$', 43),
    time,
    recordedtime: time,
    receivedtime: time,
    datacontenttype: { const: 'application/jose' },
    dataschema: text('^urn:simpul:schema:[a-z.\\-]+:[1-9][0-9]*$', 160),
    classification: { enum: ['public', 'internal', 'personal', 'specific'] },
    traceparent: text('^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$', 55),
  },
  // Later extensions are CloudEvents attributes of text: known by their form only, and covered by the seal like the rest.
  propertyNames: { type: 'string', pattern: '^[a-z0-9]{1,20}$' },
  additionalProperties: { type: 'string' },
};

let check: ((value: unknown) => boolean) | undefined;

/** Whether a parsed message (with or without `data`) carries every attribute in its proper form. */
export function isEnvelope(value: unknown): value is Envelope {
  check ??= compileSchema(envelopeSchema);
  return check(value);
}

const payloadSchema = {
  $id: 'urn:simpul:schema:payload:1',
  type: 'object',
  required: ['digest', 'data'],
  properties: {
    digest: text('^[A-Za-z0-9_\\-]{43}$', 43),
    data: { type: 'object' },
    mapping: { type: 'integer', minimum: 2, maximum: 1_000_000 },
  },
  additionalProperties: false,
};

let checkPayload: ((value: unknown) => boolean) | undefined;

/** Whether an opened seal holds a payload; its `data` is checked against the event's own schema. */
export function isPayload(value: unknown): value is Payload {
  checkPayload ??= compileSchema(payloadSchema);
  return checkPayload(value);
}
