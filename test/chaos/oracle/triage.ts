import type { Evidence, Miss, Seen } from './evidence.js';

/** A message of the log as far as it could be opened. */
export interface Found {
  topic: string;
  partition: number;
  offset: string;
  /** `source id digest` */
  key: string;
}

/** Where an acknowledged event got lost. */
export type Loss =
  | 'not sent'
  | 'lost in the adapter'
  | 'lost in the broker'
  | 'not read yet'
  | 'skipped by the consumer'
  | 'lost in the database';

/** Says of a miss about one event where it got lost; undefined for a miss of another kind. */
export function triage({ invariant, key }: Miss, evidence: Evidence, log: readonly Found[]): Loss | undefined {
  if (invariant !== 'I1' || key === undefined) return undefined;
  const own = evidence.seen.filter(({ source, id, digest }) => `${source} ${id} ${digest}` === key);
  if (own.length === 0) return 'not sent';
  const copies = log.filter((found) => found.key === key);
  // With a receipt the broker had it; without one the adapter only said so.
  if (copies.length === 0) return own.some(hasPlace) ? 'lost in the broker' : 'lost in the adapter';
  if (!copies.some((copy) => isRead(copy, evidence))) return 'not read yet';
  const isStored = evidence.ledger.bodies.some(({ source, id }) => key.startsWith(`${source} ${id} `));
  return isStored ? 'lost in the database' : 'skipped by the consumer';
}

const hasPlace = (seen: Seen): boolean => seen.is === 'ok' && seen.place !== undefined;

const isRead = ({ topic, partition, offset }: Found, { ledger }: Evidence): boolean =>
  ledger.positions.some((each) => each.topic === topic && each.partition === partition && each.next > BigInt(offset));
