import { ProblemError } from '@simpul/contracts';
import { listLogEnds, readRange } from '@simpul/messaging';
import type { LogEnds } from '@simpul/messaging';
import { type MessageJudge, toCandidate } from '../ingest/message-judge.js';
import type { KnownCountStore } from './known-count.store.js';
import type { LogAccess } from './log-access.js';
import type { LogOrderStore, LogPartitionRow } from './log-order.store.js';
import { WHOLE_TOPIC } from './log-place.js';
import type { LogTarget } from './log-place.js';

export interface LogSteeringOptions {
  orders: LogOrderStore;
  known: KnownCountStore;
  judge: MessageJudge;
  access: LogAccess;
}

/** What a move would do. Ahead, `unknown` of the skipped messages become dead letters; the others are known. */
export type MovePlan = LogTarget & { generation: number; from: bigint; to: bigint } & LogEnds &
  ({ is: 'back'; repeated: bigint } | { is: 'ahead'; skipped: bigint; unknown: bigint });

/** What adopting the log that the broker has now would do to a halted partition. */
export interface AdoptPlan extends LogTarget, LogEnds {
  generation: number;
  from: bigint;
  why: string;
  /** Messages that were never read and that the broker no longer has. Undefined where the log is another one: nobody knows what the old one held. */
  lost: bigint | undefined;
}

/** Operators' hands on the position: first what it would do, then the deed. */
export class LogSteering {
  constructor(private readonly options: LogSteeringOptions) {}

  async planMove(target: LogTarget, to: bigint): Promise<MovePlan> {
    const { row, ends } = await this.getPlace(target);
    const { generation, next: from } = row;
    if (to === from || to < ends.low || to > ends.high || from < ends.low) throw new ProblemError('log.offset');
    const plan = { ...target, generation, from, to, ...ends };
    if (to < from) return { ...plan, is: 'back', repeated: from - to };
    return { ...plan, is: 'ahead', skipped: to - from, unknown: await this.countUnknown(target, generation, from, to) };
  }

  /** Back: opens a generation, where what is known counts as duplicate. Ahead: the consumer passes and keeps what is unknown. */
  async move({ topic, partition, is, to }: MovePlan, by: string): Promise<void> {
    const target = { topic, partition };
    if (is === 'back') await this.options.orders.openGeneration(target, to, by);
    else await this.options.orders.orderSkip(target, to);
  }

  /** Halted partitions; of a topic, of one partition, or all. */
  async planAdopt(target?: LogTarget): Promise<AdoptPlan[]> {
    const rows = (await this.options.orders.list()).filter((row) => row.halt && isWithin(row, target));
    const ends = await this.endsOf([...new Set(rows.map(({ topic }) => topic))]);
    return rows.flatMap(({ topic, partition, generation, next: from, halt }) => {
      const end = ends.get(`${topic}/${partition}`);
      if (!end) return [];
      const lost = halt?.code === 'gap' && end.low > from ? end.low - from : undefined;
      return [{ topic, partition, generation, from, ...end, why: `${halt?.code}: ${halt?.detail}`, lost }];
    });
  }

  /** Reading begins where the broker's log begins; the ledger knows what is double. */
  async adopt(plans: readonly AdoptPlan[], by: string): Promise<void> {
    for (const { topic, partition, low } of plans)
      await this.options.orders.openGeneration({ topic, partition }, low, by);
  }

  private async getPlace(target: LogTarget): Promise<{ row: LogPartitionRow; ends: LogEnds }> {
    const row = (await this.options.orders.list()).find((one) => isWithin(one, target));
    const ends = (await this.endsOf([target.topic])).get(`${target.topic}/${target.partition}`);
    if (!row || !ends) throw new ProblemError('log.no-partition');
    return { row, ends };
  }

  private async endsOf(topics: readonly string[]): Promise<Map<string, LogEnds>> {
    return topics.length === 0 ? new Map() : await listLogEnds({ ...this.options.access, topics });
  }

  private async countUnknown(
    { topic, partition }: LogTarget,
    generation: number,
    from: bigint,
    to: bigint,
  ): Promise<bigint> {
    const { access, judge, known } = this.options;
    const judging = await judge.forBatch();
    let unknown = 0;
    await readRange({
      ...access,
      topic,
      partition,
      from,
      to,
      each: async (messages) => {
        const candidates = messages.map((message) => toCandidate(topic, message, judging));
        unknown += messages.length - (await known.countKnown({ topic, partition, generation }, candidates));
      },
    });
    return BigInt(unknown);
  }
}

function isWithin(row: LogTarget, target: LogTarget | undefined): boolean {
  if (!target) return true;
  return row.topic === target.topic && (target.partition === WHOLE_TOPIC || row.partition === target.partition);
}
