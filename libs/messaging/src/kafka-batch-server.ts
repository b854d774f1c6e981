import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { KAFKA_BATCH } from './batch-context.js';
import type { MessagingLog } from './messaging-log.js';
import type { Positions } from './positions.js';

export interface KafkaBatchServerOptions {
  brokers: string[];
  groupId: string;
  clientId: string;
  topicPrefix?: string;
  positions: Positions;
  /** Topics (without prefix) that must each have a handler; default: those that have one. */
  topics?: readonly string[];
  /** Batches handled at the same time; default 2. */
  partitionsAtOnce?: number;
  /** Most messages given to a handler in one call; default 2,000. */
  messagesAtOnce?: number;
  log?: MessagingLog;
}

export interface ConsumerState {
  /** Topics are named without prefix. */
  assigned: { topic: string; partition: number; next: string | undefined; lag: number | undefined }[];
  halted: { topic: string; partition: number; reason: string }[];
  lastFetchAgeMs: number | undefined;
  lastHeartbeatAgeMs: number | undefined;
  /** Messages not yet handled in the assigned partitions, as far as known. */
  lag: number;
}

export class KafkaBatchServer extends Server implements CustomTransportStrategy {
  override transportId = KAFKA_BATCH;

  constructor(private readonly options: KafkaBatchServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    callback(new Error(`not yet: ${this.options.groupId}`));
  }

  async close(): Promise<void> {}

  on(): never {
    throw new Error('The batch server has no events to subscribe to; see state()');
  }

  unwrap<T>(): T {
    throw new Error('The batch server has no client to hand out');
  }

  state(): ConsumerState {
    return { assigned: [], halted: [], lastFetchAgeMs: undefined, lastHeartbeatAgeMs: undefined, lag: 0 };
  }
}
