import { BaseRpcContext } from '@nestjs/microservices';
import type { HaltCode } from './positions.js';

/** Transport of handlers that take whole Kafka batches: `@EventPattern<string>(topic, KAFKA_BATCH)`. */
export const KAFKA_BATCH = Symbol('kafka-batch');

export interface LogMessage {
  offset: bigint;
  /** Milliseconds since 1970; the broker's append time where the topic says LogAppendTime. */
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}

/**
 * What became of a batch. `next` is the offset that the handler's own position now names.
 * `applied`: done up to before `next`. `retry`: nothing done, the same again after a pause.
 * `halt`: this partition stops until somebody looks. `seek`: nothing done, read on from `next`.
 */
export type BatchVerdict =
  | { do: 'applied'; next: bigint }
  | { do: 'retry'; afterMs: number }
  | { do: 'halt'; code: HaltCode; reason: string }
  | { do: 'seek'; next: bigint };

export interface BatchPlace {
  /** Without prefix. */
  topic: string;
  partition: number;
  /** One past the last offset in the partition when the batch was fetched. */
  highWatermark: bigint;
  aborted: AbortSignal;
}

/** What a handler knows of its batch besides the messages. */
export class BatchContext extends BaseRpcContext<[BatchPlace]> {
  constructor(place: BatchPlace) {
    super([place]);
  }

  get topic(): string {
    return this.args[0].topic;
  }

  get partition(): number {
    return this.args[0].partition;
  }

  get highWatermark(): bigint {
    return this.args[0].highWatermark;
  }

  get aborted(): AbortSignal {
    return this.args[0].aborted;
  }

  /** False once a heartbeat failed or the partition was taken away: the handler must roll back. */
  alive(): boolean {
    return !this.args[0].aborted.aborted;
  }
}
