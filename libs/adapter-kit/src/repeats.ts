import { hash } from 'node:crypto';

/** 16 bytes of SHA-256 as text of one byte per character: small, and no two ids of a request will ever share it. */
const compact = (text: string): string => hash('sha256', text, 'buffer').toString('latin1', 0, 16);

export type Seen = { is: 'new' } | { is: 'conflict' } | { is: 'repeat'; accepted: Promise<boolean> };

const PENDING = '?';
const TAKEN = '+';
const NOT_TAKEN = '-';

/**
 * The ids of one request, to know what it says twice: about 100 bytes for each, whatever the items weigh.
 * A repeat waits for the first of its id, as it shares that one's outcome.
 */
export class Repeats {
  private readonly known = new Map<string, string>();
  private readonly pending = new Map<string, PromiseWithResolvers<boolean>>();

  /** To be asked in the order of the items; every `new` id must be settled. */
  see(id: string, digest: string): Seen {
    const key = compact(id);
    const mark = compact(digest);
    const entry = this.known.get(key);
    if (entry === undefined) {
      this.known.set(key, mark + PENDING);
      return { is: 'new' };
    }
    if (!entry.startsWith(mark)) return { is: 'conflict' };
    if (!entry.endsWith(PENDING)) return { is: 'repeat', accepted: Promise.resolve(entry.endsWith(TAKEN)) };
    return { is: 'repeat', accepted: this.wait(key) };
  }

  settle(id: string, accepted: boolean): void {
    const key = compact(id);
    const entry = this.known.get(key);
    if (entry === undefined) return;
    this.known.set(key, entry.slice(0, -1) + (accepted ? TAKEN : NOT_TAKEN));
    this.pending.get(key)?.resolve(accepted);
    this.pending.delete(key);
  }

  private wait(key: string): Promise<boolean> {
    let first = this.pending.get(key);
    if (!first) {
      first = Promise.withResolvers<boolean>();
      this.pending.set(key, first);
    }
    return first.promise;
  }
}
