import { until } from '../../../tools/local/guarded.mjs';
import { TOPICS } from '../forms.js';
import { withAdmin } from '../oracle/topic.js';
import type { Random } from '../random.js';
import type { Broker } from '../servers.js';
import type { Stack } from '../stack.js';

const WITHIN_MS = 90_000;

/** A partition and who has it. */
interface Copied {
  topic: string;
  partitionId: number;
  leader: number;
  replicas: number[];
  isr: number[];
}

/** A broker that leads partitions. */
export async function pickLeader({ brokers, brokerUrls }: Stack, random: Random): Promise<Broker> {
  const leaders = new Set((await listPartitions(brokerUrls)).map(({ leader }) => leader));
  return random.pick(brokers.filter(({ id }) => leaders.has(id)));
}

/** Until every partition has its three copies again: else the next fault would find less than it should. */
export async function bringBack({ brokerUrls }: Stack, brokers: readonly Broker[]): Promise<void> {
  for (const { member } of brokers) void member.start();
  await untilAll(brokerUrls, 'three copies of every partition', ({ isr }) => isr.length === brokerUrls.length);
}

/**
 * Makes a broker lead the partition of that number in every topic, as an operator would: it goes to brokers without its
 * leader, who is added again behind them.
 */
export async function leadAt(brokerUrls: string[], leaders: ReadonlyMap<number, number>): Promise<void> {
  const nextOf = ({ partitionId, leader }: Copied): number => leaders.get(partitionId) ?? leader;
  const moving = (await listPartitions(brokerUrls)).filter((each) => nextOf(each) !== each.leader);
  if (moving.length === 0) return;
  const withoutLeader = (each: Copied): number[] => [
    nextOf(each),
    ...each.replicas.filter((id) => id !== each.leader && id !== nextOf(each)),
  ];
  await reassign(brokerUrls, moving, withoutLeader);
  await untilAll(brokerUrls, 'other leaders', (each) => nextOf(each) === each.leader);
  await reassign(brokerUrls, moving, (each) => [...withoutLeader(each), each.leader]);
  const isWhole = (each: Copied): boolean => nextOf(each) === each.leader && each.isr.length === brokerUrls.length;
  await untilAll(brokerUrls, 'other leaders with three copies', isWhole);
}

async function reassign(
  brokerUrls: string[],
  partitions: readonly Copied[],
  replicasOf: (each: Copied) => number[],
): Promise<void> {
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
    topic,
    partitionAssignment: ofTopic.map((each) => ({ partition: each.partitionId, replicas: replicasOf(each) })),
  }));
  await withAdmin(brokerUrls, (admin) => admin.alterPartitionReassignments({ topics }));
}

async function untilAll(brokerUrls: string[], what: string, isSo: (each: Copied) => boolean): Promise<void> {
  const ask = async () => {
    try {
      return (await listPartitions(brokerUrls)).every(isSo) || undefined;
    } catch {
      return undefined; // nobody answers yet
    }
  };
  await until(ask, { withinMs: WITHIN_MS, what });
}

const listPartitions = (brokerUrls: string[]): Promise<Copied[]> =>
  withAdmin(brokerUrls, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: TOPICS });
    return topics.flatMap(({ name, partitions }) => partitions.map((each) => ({ topic: name, ...each })));
  });
