import type { LogPositionRow } from '../ingest/log-position.entity.js';

export const COUNTERS = ['applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting'] as const;
type Counter = (typeof COUNTERS)[number];

/** Counts are PostgreSQL bigints as text. */
export type Counts = Record<Counter, string>;

/** A partition's position with the counters of each source. */
export type CountedPosition = Pick<
  LogPositionRow,
  'generation' | 'topic' | 'partition' | 'firstOffset' | 'nextOffset' | 'movedAt' | 'fenced' | 'closedAt'
> & {
  counters: (Counts & { source: { name: string } })[];
};

export interface PartitionBalance {
  generation: number;
  topic: string;
  partition: number;
  firstOffset: string;
  nextOffset: string;
  movedAt: string;
  /** Tries that were ended because another process took over. */
  fenced: string;
  /** Of a generation that is read no more. */
  closedAt?: string;
  /** next - first = sum of all counters of all sources. */
  balanced: boolean;
  sources: Record<string, Counts>;
}

/** Checks the equation of each partition. */
export const balanceOf = (positions: readonly CountedPosition[]): PartitionBalance[] => positions.map(toBalance);

function toBalance({ counters, movedAt, closedAt, ...position }: CountedPosition): PartitionBalance {
  const { generation, topic, partition, firstOffset, nextOffset, fenced } = position;
  const sum = counters.reduce((total, counts) => total + sumOf(counts), 0n);
  return {
    generation,
    topic,
    partition,
    firstOffset,
    nextOffset,
    movedAt: movedAt.toISOString(),
    fenced,
    ...(closedAt && { closedAt: closedAt.toISOString() }),
    balanced: BigInt(nextOffset) - BigInt(firstOffset) === sum,
    sources: Object.fromEntries(counters.map((counts) => [counts.source.name, countsOf(counts)])),
  };
}

/** Counts of all partitions by source. */
export function totalsOf(partitions: readonly PartitionBalance[]): Record<string, Counts> {
  const totals = new Map<string, Counts>();
  for (const [source, counts] of partitions.flatMap((partition) => Object.entries(partition.sources))) {
    const held = totals.get(source);
    totals.set(source, held ? add(held, counts) : counts);
  }
  return Object.fromEntries([...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const countsOf = (row: Counts): Counts => perCounter((name) => row[name]);
const add = (a: Counts, b: Counts): Counts => perCounter((name) => String(BigInt(a[name]) + BigInt(b[name])));
const sumOf = (counts: Counts): bigint => COUNTERS.reduce((total, name) => total + BigInt(counts[name]), 0n);

function perCounter(valueOf: (name: Counter) => string): Counts {
  return Object.fromEntries(COUNTERS.map((name) => [name, valueOf(name)])) as Counts;
}
