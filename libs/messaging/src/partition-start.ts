import type { LogMessage } from './batch-context.js';
import type { LogEnds } from './log-ends.js';
import { hashOfValue } from './log-message.js';
import type { Halt, Standing } from './positions.js';

/** Where log and position contradict each other; undefined where they agree. */
export function contradictionOf(next: bigint, { low, high }: LogEnds): Halt | undefined {
  if (next < low) return { code: 'gap', reason: `the log starts at ${low}, the position is ${next}` };
  if (next > high) return { code: 'diverged', reason: `the log ends at ${high}, before the position ${next}` };
  return undefined;
}

/** What to do with a batch: read its messages (`proven`: one before them was compared and is done), ask for another place, or stop. */
export type Start =
  { do: 'read'; messages: LogMessage[]; proven?: bigint } | { do: 'seek'; offset: bigint } | { do: 'halt'; halt: Halt };

/**
 * Whether batches start at the position. The first one begins a message earlier, where that is known: it must be the one that was read there, else
 * this is another log. So does the next one after a batch that started elsewhere and after a fetch that failed: a topic that was made anew may by then have grown past the position.
 */
export class PartitionStart {
  /** Of the message before the position, while it is still to be compared. */
  private lastHash: Buffer | undefined;
  private last: { offset: bigint; hash: Buffer } | undefined;
  private mismatches = 0;

  constructor({ next, lastHash }: Standing, { low }: LogEnds) {
    this.lastHash = next !== undefined && next > low ? lastHash : undefined;
    if (this.lastHash && next !== undefined) this.last = { offset: next - 1n, hash: this.lastHash };
  }

  /** Where to read from, given the position. */
  seekTo(next: bigint): bigint {
    return this.lastHash ? next - 1n : next;
  }

  /** This message was handled last. */
  passed({ offset, value }: LogMessage): void {
    this.last = { offset, hash: hashOfValue(value) };
  }

  /** What comes next must prove again that it is of the same log. Gives where to read from. */
  doubt(next: bigint): bigint {
    if (this.last?.offset === next - 1n) this.lastHash = this.last.hash;
    return this.seekTo(next);
  }

  /** A batch that starts elsewhere: once may be a leftover, twice is the log's own fault. */
  check(messages: LogMessage[], next: bigint): Start {
    const [first] = messages;
    if (!first) return { do: 'read', messages };
    const { lastHash } = this;
    if (lastHash && first.offset === next - 1n) return this.prove(first, messages.slice(1), lastHash);
    // Where the log let the message before it go meanwhile, there is nothing to compare any more.
    if (first.offset === next && !(lastHash && this.mismatches === 0)) return this.read({ do: 'read', messages });
    return this.mismatch(first.offset, next);
  }

  private mismatch(first: bigint, next: bigint): Start {
    this.mismatches += 1;
    if (this.mismatches === 1) return { do: 'seek', offset: this.doubt(next) };
    const code = first > next ? 'gap' : 'diverged';
    return { do: 'halt', halt: { code, reason: `expected ${next}, the log gives ${first}` } };
  }

  private prove({ offset, value }: LogMessage, messages: LogMessage[], lastHash: Buffer): Start {
    const isSame = hashOfValue(value).equals(lastHash);
    if (isSame) return this.read({ do: 'read', messages, proven: offset });
    const reason = `message ${offset} is not the one that was read there: this is another log`;
    return { do: 'halt', halt: { code: 'diverged', reason } };
  }

  private read(start: Start): Start {
    this.lastHash = undefined;
    this.mismatches = 0;
    return start;
  }
}
