import { hash } from 'node:crypto';
import type { LogMessage } from './batch-context.js';
import type { LogEnds } from './log-ends.js';
import type { Halt, Standing } from './positions.js';

/** Where log and position contradict each other; undefined where they agree. */
export function contradictionOf(next: bigint, { low, high }: LogEnds): Halt | undefined {
  if (next < low) return { code: 'gap', reason: `the log starts at ${low}, the position is ${next}` };
  if (next > high) return { code: 'diverged', reason: `the log ends at ${high}, before the position ${next}` };
  return undefined;
}

/** The message before the position must be the one that was read there: its hash says whether this is the same log. */
export class Proof {
  private constructor(
    readonly offset: bigint,
    private readonly lastHash: Buffer,
  ) {}

  /** Undefined where nothing was read yet, or the log no longer holds that message. */
  static of({ next, lastHash }: Standing, { low }: LogEnds): Proof | undefined {
    return next !== undefined && lastHash && next > low ? new Proof(next - 1n, lastHash) : undefined;
  }

  check({ value }: LogMessage): Halt | undefined {
    if (hash('sha256', value ?? Buffer.alloc(0), 'buffer').equals(this.lastHash)) return undefined;
    return {
      code: 'diverged',
      reason: `message ${this.offset} is not the one that was read there: this is another log`,
    };
  }
}
