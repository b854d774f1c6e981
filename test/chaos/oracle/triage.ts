import type { Evidence, Miss } from './evidence.js';

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
  if (!own.some(({ is }) => is === 'invoke')) return 'not sent';
  const copies = log.filter((found) => found.key === key);
  if (copies.length === 0) {
    // With a receipt the broker had it; without one the adapter only said so.
    return own.some((seen) => seen.is === 'ok' && seen.place) ? 'lost in the broker' : 'lost in the adapter';
  }
  const isRead = copies.some(({ topic, partition, offset }) =>
    evidence.ledger.positions.some(
      (position) => position.topic === topic && position.partition === partition && position.next > BigInt(offset),
    ),
  );
  if (!isRead) return 'not read yet';
  const [source = '', id = ''] = key.split(' ');
  const hasBody = evidence.ledger.bodies.some((body) => body.source === source && body.id === id);
  return hasBody ? 'lost in the database' : 'skipped by the consumer';
}
