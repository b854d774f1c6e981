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

/** Of so much of SHA-256 no two of a request will ever be alike by chance. */
const shortHash = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * Holds 32 bytes for each item in one table of open addresses, whatever the items weigh. As strings in a map, the ids of a
 * long stream took more memory than all else that it holds.
 */
export class StreamRepeats implements Repeats {
  private table = Buffer.alloc(FIRST_SLOTS * SLOT_BYTES);
  private count = 0;
  private readonly pending = new Map<string, PromiseWithResolvers<boolean>>();

  see({ id, digest }: Told): Seen {
    const key = shortHash(id);
    const mark = shortHash(digest);
    const slot = this.find(key);
    const state = this.table[slot + STATE_AT];
    if (state === FREE) {
      this.add(slot, key, mark);
      return { is: 'new' };
    }
    if (mark.compare(this.table, slot + KEY_BYTES, slot + STATE_AT, 0, MARK_BYTES) !== 0) return { is: 'conflict' };
    return { is: 'repeat', accepted: state === PENDING ? this.wait(id) : Promise.resolve(state === TAKEN) };
  }

  settle(id: string, accepted: boolean): void {
    const slot = this.find(shortHash(id));
    if (this.table[slot + STATE_AT] === FREE) return;
    this.table[slot + STATE_AT] = accepted ? TAKEN : NOT_TAKEN;
    this.pending.get(id)?.resolve(accepted);
    this.pending.delete(id);
  }

  /** Where the slot of this key begins, or the free one where it belongs. */
  private find(key: Buffer): number {
    const { length } = this.table;
    let slot = (key.readUInt32LE(0) % (length / SLOT_BYTES)) * SLOT_BYTES;
    while (this.table[slot + STATE_AT] !== FREE && key.compare(this.table, slot, slot + KEY_BYTES, 0, KEY_BYTES) !== 0)
      slot = (slot + SLOT_BYTES) % length;
    return slot;
  }

  private add(slot: number, key: Buffer, mark: Buffer): void {
    key.copy(this.table, slot, 0, KEY_BYTES);
    mark.copy(this.table, slot + KEY_BYTES, 0, MARK_BYTES);
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
      slot.copy(this.table, this.find(slot));
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
