import { type EventIdParts, parseEventId, SECTORS, topicOf } from '@simpul/contracts';

/** What an adapter's `receipt` names: event id, digest of the message, and where the log keeps it. */
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

/**
 * Reads base64url(JSON [id, digest, topic, partition, offset]). Undefined for anything else: a receipt is the
 * caller's word, believed only as far as the ledger agrees.
 */
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
