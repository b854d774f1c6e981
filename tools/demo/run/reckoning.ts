import type { Accepted } from './sending.js';

const COUNTERS = ['applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting'] as const;
export type Counters = Record<(typeof COUNTERS)[number], string>;

/** A partition of the log, as the registry's balance shows it. */
export interface PartitionBalance {
  topic: string;
  partition: number;
  firstOffset: string;
  nextOffset: string;
  sources: Record<string, Counters>;
}

export interface Balance {
  partitions: PartitionBalance[];
}

const ALIVE = new Set(['applied', 'superseded', 'duplicate', 'repaired']);

/** Source → status → how many. */
export type Verdicts = Record<string, Record<string, number>>;

export interface Judgement {
  ok: boolean;
  verdicts: Verdicts;
  /** Each with its reason. Ids carry no personal data. */
  wrong: string[];
}

/** What the receipts say of these messages. */
export function countVerdicts(accepted: Iterable<Accepted>): Verdicts {
  const verdicts: Verdicts = {};
  for (const { source, verdict } of accepted) {
    const status = verdict?.status ?? 'none';
    const ofSource = (verdicts[source] ??= {});
    ofSource[status] = (ofSource[status] ?? 0) + 1;
  }
  return verdicts;
}

/** Ids without a verdict, good messages that are dead, and conflicts that are not. */
export function findWrong(accepted: Iterable<Accepted>): string[] {
  const wrong: string[] = [];
  for (const { source, id, quality, verdict } of accepted) {
    if (!verdict) wrong.push(`${source} ${id} has no verdict`);
    else if (ALIVE.has(verdict.status) !== (quality === 'good')) wrong.push(`${source} ${id} is ${verdict.status}`);
  }
  return wrong;
}

/** Messages between the first position and the next, and those that the counters know. */
export function equationOf({ firstOffset, nextOffset, sources }: PartitionBalance): { moved: bigint; counted: bigint } {
  const counts = Object.values(sources).flatMap((counters) => COUNTERS.map((name) => BigInt(counters[name])));
  return {
    moved: BigInt(nextOffset) - BigInt(firstOffset),
    counted: counts.reduce((sum, count) => sum + count, 0n),
  };
}

function findUnbalanced({ partitions }: Balance): string[] {
  if (partitions.length === 0) return ['the log has no partition'];
  return partitions.flatMap((partition) => {
    const { moved, counted } = equationOf(partition);
    const name = `${partition.topic} partition ${partition.partition}`;
    return moved === counted ? [] : [`${name} moved by ${moved} and counts ${counted}`];
  });
}

/**
 * Does everything add up? Every accepted id has its verdict, next − first = sum of the counters in every partition, and
 * what the plan knew as good, in conflict or broken went that way. `surprises` are those that the door treated otherwise.
 */
export function judge(accepted: readonly Accepted[], balance: Balance, surprises: readonly string[]): Judgement {
  const wrong = [...findWrong(accepted), ...findUnbalanced(balance), ...surprises];
  return { ok: wrong.length === 0, verdicts: countVerdicts(accepted), wrong };
}
