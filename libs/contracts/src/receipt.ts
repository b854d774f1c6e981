import { type EventIdParts, parseEventId } from './event-id.js';
import { SECTORS, topicOf } from './sector.js';

/** Where an accepted item went. Opaque to agencies: they hand it back to the registry to ask what became of it. */
export interface ReceiptParts {
  id: string;
  digest: string;
  topic: string;
  partition: number;
  offset: string;
}

/** base64url of the JSON list [id, digest, topic, partition, offset]. */
export const writeReceipt = ({ id, digest, topic, partition, offset }: ReceiptParts): string =>
  Buffer.from(JSON.stringify([id, digest, topic, partition, offset])).toString('base64url');

/** A receipt that was read: it has the form of one, and no more is known. */
export interface Receipt {
  readonly id: string;
  readonly parts: EventIdParts;
  readonly digest: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

const MAX_CHARACTERS = 1024;
const DIGEST = /^[A-Za-z0-9_-]{43}$/u;
const TOPICS: ReadonlySet<unknown> = new Set(SECTORS.map(topicOf));
const GREATEST_PARTITION = 100_000;
const OFFSET = /^(0|[1-9][0-9]{0,17})$/u;

/** Undefined for anything that is no receipt: it is the caller's word, believed only as far as the ledger agrees. */
export function readReceipt(text: unknown): Receipt | undefined {
  const fields = typeof text === 'string' && text.length <= MAX_CHARACTERS ? parse(text) : undefined;
  if (!isFields(fields)) return undefined;
  const [id, digest, topic, partition, offset] = fields;
  const parts = parseEventId(id);
  return parts && { id, parts, digest, topic, partition, offset: BigInt(offset) };
}

type Fields = [id: string, digest: string, topic: string, partition: number, offset: string];

function isFields(value: unknown): value is Fields {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [id, digest, topic, partition, offset] = value as unknown[];
  return (
    typeof id === 'string' &&
    isMatch(digest, DIGEST) &&
    TOPICS.has(topic) &&
    isPartition(partition) &&
    isMatch(offset, OFFSET)
  );
}

function isMatch(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isPartition(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= GREATEST_PARTITION;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
