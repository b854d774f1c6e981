import { type Counter, type CounterRow, COUNTERS } from './balance.store.js';

export type Counts = Record<Counter, string>;

export interface PartitionBalance {
  generation: number;
  topic: string;
  partition: number;
  firstOffset: string;
  nextOffset: string;
  movedAt: string;
  /** next - first = sum of all counters of all sources. */
  balanced: boolean;
  sources: Record<string, Counts>;
}

/** Puts each partition's sources together and checks its equation. Rows of one partition may stand in any order. */
export function balanceOf(rows: readonly CounterRow[]): PartitionBalance[] {
  const partitions = Map.groupBy(rows, (row) => JSON.stringify([row.generation, row.topic, row.partition]));
  return [...partitions.values()].flatMap((own) => {
    const [first] = own;
    return first ? [toBalance(first, own)] : [];
  });
}

function toBalance(head: CounterRow, rows: readonly CounterRow[]): PartitionBalance {
  const { generation, topic, partition, first, next, movedAt } = head;
  const sources = rows.flatMap((row) => (row.source === null ? [] : [[row.source, countsOf(row)] as const]));
  const sum = sources.reduce((total, [, counts]) => total + sumOf(counts), 0n);
  return {
    generation,
    topic,
    partition,
    firstOffset: first,
    nextOffset: next,
    movedAt: movedAt.toISOString(),
    balanced: BigInt(next) - BigInt(first) === sum,
    sources: Object.fromEntries(sources),
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

const countsOf = (row: CounterRow): Counts => perCounter((name) => row[name] ?? '0');
const add = (a: Counts, b: Counts): Counts => perCounter((name) => String(BigInt(a[name]) + BigInt(b[name])));
const sumOf = (counts: Counts): bigint => COUNTERS.reduce((total, name) => total + BigInt(counts[name]), 0n);

function perCounter(valueOf: (name: Counter) => string): Counts {
  return Object.fromEntries(COUNTERS.map((name) => [name, valueOf(name)])) as Counts;
}
