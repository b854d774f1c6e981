import type { BatchVerdict, LogMessage } from '@simpul/messaging';
import { isFenced, isLockTimeout } from './fault.js';
import type { IngestResult, IngestStore } from './ingest.store.js';
import { PartitionLost } from './ingest.store.js';
import { judgeInPieces } from './message-judge.js';
import type { MessageJudge } from './message-judge.js';
import { slicesOf } from './slices.js';
import { workAhead } from './work-ahead.js';

export interface LogBatch {
  /** Without prefix. */
  topic: string;
  partition: number;
  messages: readonly LogMessage[];
  isAlive: () => boolean;
}

/** What operators must hear of. Fields hold places and codes, never values of a message. */
export interface IngestAlarm {
  event: 'ingest.retry' | 'ingest.gap' | 'ingest.halted' | 'ingest.fenced';
  topic: string;
  partition: number;
  offset?: string;
  error?: unknown;
}

export interface BatchIngesterOptions {
  store: IngestStore;
  judge: MessageJudge;
  /** Messages in one transaction at most. */
  batchSize: number;
  alarm: (alarm: IngestAlarm) => void;
}

/** Transactions in one call where there is a backlog: all but the first are prepared while the one before runs. */
export const BATCHES_AT_ONCE = 4;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Turns a batch of the log into transactions, and their outcome into a word for the consumer. No error leaves it. */
export class BatchIngester {
  private readonly failures = new Map<string, number>();
  /** Where a partition was asked to read on after a gap: a second gap at the same place is loss. */
  private readonly sought = new Map<string, bigint>();

  constructor(private readonly options: BatchIngesterOptions) {}

  async ingest(batch: LogBatch): Promise<BatchVerdict> {
    const name = `${batch.topic}/${batch.partition}`;
    try {
      const verdict = await this.apply(batch, name);
      this.failures.delete(name);
      return verdict;
    } catch (error) {
      if (error instanceof PartitionLost || isFenced(error)) return await this.giveWay(batch, error);
      if (isLockTimeout(error)) await this.tryTo(batch, () => this.options.store.endFrozenWriters());
      return this.pause(batch, name, error);
    }
  }

  /** Another process has the partition now, or this one stood still for so long that it may have. */
  private async giveWay({ topic, partition }: LogBatch, error: unknown): Promise<BatchVerdict> {
    this.options.alarm({ event: 'ingest.fenced', topic, partition, error });
    await this.tryTo({ topic, partition }, () => this.options.store.countFenced({ topic, partition }));
    return { do: 'retry', afterMs: 0 };
  }

  private async tryTo(
    { topic, partition }: Pick<LogBatch, 'topic' | 'partition'>,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.alarm({ event: 'ingest.retry', topic, partition, error });
    }
  }

  /** While the transaction of a chunk waits for the database, the next chunk is opened and judged. */
  private async apply({ topic, partition, messages, isAlive }: LogBatch, name: string): Promise<BatchVerdict> {
    const { store, judge, batchSize } = this.options;
    let verdict: BatchVerdict = { do: 'retry', afterMs: FIRST_PAUSE_MS };
    await workAhead(
      slicesOf(messages, batchSize),
      async (chunk) => await store.prepare(judgeInPieces(topic, chunk, await judge.forBatch())),
      async (prepared) => {
        const result = await store.ingestPrepared({ topic, partition }, prepared, isAlive);
        verdict = this.toVerdict(result, { topic, partition, name });
        return verdict.do === 'applied' && isAlive();
      },
    );
    return verdict;
  }

  private toVerdict(
    result: IngestResult,
    { name, ...place }: { topic: string; partition: number; name: string },
  ): BatchVerdict {
    switch (result.is) {
      case 'applied':
        this.sought.delete(name);
        return { do: 'applied', next: result.next };
      case 'gap':
        return this.toGapVerdict(result.next, { name, ...place });
      case 'diverged': {
        const offset = result.offset.toString();
        this.options.alarm({ event: 'ingest.halted', ...place, offset });
        return {
          do: 'halt',
          code: 'diverged',
          reason: `message ${offset} lies behind the position and is unknown: this is another log`,
        };
      }
    }
  }

  /** A gap may be ours, after a restored database: then the log still has what is missing. If it has not, it is lost. */
  private toGapVerdict(
    next: bigint,
    { name, ...place }: { topic: string; partition: number; name: string },
  ): BatchVerdict {
    const offset = next.toString();
    if (this.sought.get(name) === next) {
      this.options.alarm({ event: 'ingest.halted', ...place, offset });
      return { do: 'halt', code: 'gap', reason: `the log no longer holds message ${offset}` };
    }
    this.sought.set(name, next);
    this.options.alarm({ event: 'ingest.gap', ...place, offset });
    return { do: 'seek', next };
  }

  private pause({ topic, partition }: LogBatch, name: string, error: unknown): BatchVerdict {
    const failures = (this.failures.get(name) ?? 0) + 1;
    this.failures.set(name, failures);
    this.options.alarm({ event: 'ingest.retry', topic, partition, error });
    return { do: 'retry', afterMs: Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS) };
  }
}
