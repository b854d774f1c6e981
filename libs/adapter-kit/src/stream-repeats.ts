import { hash } from 'node:crypto';
import type { Repeats, Seen, Told } from './repeats.js';

const KEY_BYTES = 16;
const MARK_BYTES = 15;
const SLOT_BYTES = KEY_BYTES + MARK_BYTES + 1;
const STATE_AT = KEY_BYTES + MARK_BYTES;
const FIRST_SLOTS = 1_024;
const FULLEST = 0.8;

const FREE = 0;
const PENDING = 1;
const TAKEN = 2;
const NOT_TAKEN = 3;

/**
 * A character stands for a byte: the collector has less to do with texts than with buffers. Of so much of SHA-256 no two of
 * a request will ever be alike by chance.
 */
const keyOf = (id: string): string => hash('sha256', id, 'binary').slice(0, KEY_BYTES);
/** A digest is SHA-256 already: its first characters, of 6 bits each. */
const markOf = (digest: string): string => digest.slice(0, MARK_BYTES);

/**
 * Holds 32 bytes for each item in one table of open addresses, whatever the items weigh. As strings in a map, the ids of a
 * long stream took more memory than all else that it holds.
 */
export class StreamRepeats implements Repeats {
  private table = Buffer.alloc(FIRST_SLOTS * SLOT_BYTES);
  private count = 0;
  private last = { id: '', key: '' };
  private readonly pending = new Map<string, PromiseWithResolvers<boolean>>();

  see({ id, digest }: Told): Seen {
    const key = this.keyOf(id);
    const mark = markOf(digest);
    const slot = this.find(key);
    const state = this.table[slot + STATE_AT];
    if (state === FREE) {
      this.add(slot, key, mark);
      return { is: 'new' };
    }
    if (this.table.toString('latin1', slot + KEY_BYTES, slot + STATE_AT) !== mark) return { is: 'conflict' };
    return { is: 'repeat', accepted: state === PENDING ? this.wait(id) : Promise.resolve(state === TAKEN) };
  }

  settle(id: string, accepted: boolean): void {
    const slot = this.find(this.keyOf(id));
    if (this.table[slot + STATE_AT] === FREE) return;
    this.table[slot + STATE_AT] = accepted ? TAKEN : NOT_TAKEN;
    this.pending.get(id)?.resolve(accepted);
    this.pending.delete(id);
  }

  /** What is only checked is settled as soon as it was seen, so the last key is kept. */
  private keyOf(id: string): string {
    if (this.last.id !== id) this.last = { id, key: keyOf(id) };
    return this.last.key;
  }

  /** Where the slot of this key begins, or the free one where it belongs. */
  private find(key: string): number {
    const { length } = this.table;
    const start = key.charCodeAt(0) | (key.charCodeAt(1) << 8) | (key.charCodeAt(2) << 16);
    let slot = (start % (length / SLOT_BYTES)) * SLOT_BYTES;
    while (this.table[slot + STATE_AT] !== FREE && this.table.toString('latin1', slot, slot + KEY_BYTES) !== key)
      slot = (slot + SLOT_BYTES) % length;
    return slot;
  }

  private add(slot: number, key: string, mark: string): void {
    this.table.write(key + mark, slot, 'latin1');
    this.table[slot + STATE_AT] = PENDING;
    this.count += 1;
    if (this.count * SLOT_BYTES > this.table.length * FULLEST) this.grow();
  }

  private grow(): void {
    const old = this.table;
    this.table = Buffer.alloc(old.length * 2);
    for (let from = 0; from < old.length; from += SLOT_BYTES) {
      if (old[from + STATE_AT] === FREE) continue;
      const slot = old.subarray(from, from + SLOT_BYTES);
      slot.copy(this.table, this.find(slot.toString('latin1', 0, KEY_BYTES)));
    }
  }

  private wait(id: string): Promise<boolean> {
    let first = this.pending.get(id);
    if (!first) {
      first = Promise.withResolvers<boolean>();
      this.pending.set(id, first);
    }
    return first.promise;
  }
}
