import type { MessagingLog } from './messaging-log.js';

export interface PublisherOptions {
  brokers: string[];
  clientId: string;
  topicPrefix?: string;
  /** Most messages waiting for an acknowledgement; default 20,000. */
  maxQueued?: number;
  /** Most bytes waiting for an acknowledgement; default 64 MiB. */
  maxQueuedBytes?: number;
  log?: MessagingLog;
}

export interface PublishRequest {
  /** Without prefix. */
  topic: string;
  key: string;
  value: Buffer;
}

/**
 * `accepted`: the broker has it durably and named its place. `retry`: send the same again later:
 * the queue was `full`, the outcome is `unsure` (it may be in the log), or the broker `refused` it for a fault of ours.
 */
export type Published =
  { status: 'accepted'; partition: number; offset: string } | { status: 'retry'; reason: 'full' | 'unsure' | 'refused' };

export interface PublisherState {
  queued: number;
  bytes: number;
  lastAckAgeMs: number | undefined;
  inFlight: number;
}

export class EventPublisher {
  constructor(private readonly options: PublisherOptions) {}

  async connect(): Promise<void> {
    throw new Error(`not yet: ${this.options.clientId}`);
  }

  async publish(request: PublishRequest, options: { deadlineMs?: number } = {}): Promise<Published> {
    throw new Error(`not yet: ${request.topic} ${options.deadlineMs}`);
  }

  state(): PublisherState {
    return { queued: 0, bytes: 0, lastAckAgeMs: undefined, inFlight: 0 };
  }

  async close(limitMs = 8_000): Promise<void> {
    throw new Error(`not yet: ${limitMs}`);
  }
}
