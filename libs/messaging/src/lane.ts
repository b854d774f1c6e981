import type { Published } from './published.js';

export interface Place {
  topic: string;
  partition: number;
}

/** One message on its way. `open` until its caller has an answer; it stays in its lane while a send may carry it. */
export interface Entry {
  key: string;
  value: Buffer;
  bytes: number;
  deadline: number;
  open: boolean;
  settle(outcome: Published): void;
}

/** The broker limits the record batch of a partition (1,048,588 bytes by default), not the single message. */
export const BATCH_BYTES = 900_000;
/** kafkajs's work per message rises with the batch; measured best below this. */
export const BATCH_MESSAGES = 500;

/** The queue of one partition. At most one batch of it is with the broker at any moment. */
export class Lane {
  readonly waiting: Entry[] = [];
  inFlight: Entry[] | undefined;
  /** Not before this moment may it send again. */
  restUntil = 0;
  /** Sends by itself, because a send that it shared was refused and the culprit is looked for. */
  alone = false;
  private failures = 0;
  private limit = BATCH_MESSAGES;

  constructor(readonly place: Place) {}

  isReady(now: number): boolean {
    return this.inFlight === undefined && this.waiting.length > 0 && this.restUntil <= now;
  }

  /** Takes the next batch and marks it as sent. */
  take(): Entry[] {
    let bytes = 0;
    let count = 0;
    for (const entry of this.waiting) {
      if (count === this.limit || (count > 0 && bytes + entry.bytes > BATCH_BYTES)) break;
      bytes += entry.bytes;
      count += 1;
    }
    this.inFlight = this.waiting.splice(0, count);
    return this.inFlight;
  }

  /** The batch is settled one way or another; returns it. */
  release(): Entry[] {
    const batch = this.inFlight ?? [];
    this.inFlight = undefined;
    return batch;
  }

  succeeded(): void {
    this.failures = 0;
    this.alone = false;
    this.limit = Math.min(BATCH_MESSAGES, this.limit * 2);
  }

  /** Puts a batch back in front, so that order is kept. */
  putBack(entries: Entry[]): void {
    this.waiting.unshift(...entries);
  }

  /** Waits longer after each failure in a row: 50 ms to 1 s. */
  rest(now: number): void {
    this.restUntil = now + Math.min(1_000, 50 * 2 ** Math.min(this.failures, 5));
    this.failures += 1;
  }

  halve(batchLength: number): void {
    this.limit = Math.max(1, Math.floor(batchLength / 2));
  }
}

/** Gives the caller its answer, once. */
export function answer(entry: Entry, outcome: Published): void {
  if (!entry.open) return;
  entry.open = false;
  entry.settle(outcome);
}
