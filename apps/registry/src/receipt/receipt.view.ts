import type { Receipt } from './receipt.js';
import type { LedgerEntry, ReceiptFacts } from './receipt.store.js';

export const RECEIPT_STATUSES = [
  'pending',
  'applied',
  'superseded',
  'duplicate',
  'repaired',
  'conflict',
  'dead',
  'waiting',
  'unknown',
] as const;

export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

/** What became of one message; `code` is a code of the problem catalogue. */
export interface ReceiptView {
  status: ReceiptStatus;
  code?: string;
}

const UNKNOWN: ReceiptView = { status: 'unknown' };

/**
 * What became of the message that a receipt names. A receipt is not signed: where the ledger does not agree with it,
 * the answer is `unknown`, as for one that is of another source or lost.
 */
export function viewReceipt(receipt: Receipt, n: number, facts: ReceiptFacts): ReceiptView {
  const next = facts.positions.get(`${receipt.topic}/${receipt.partition}`);
  if (next === undefined || receipt.offset >= next) return { status: 'pending' };
  const held = facts.held.get(n);
  if (held && held.id !== null && held.id !== receipt.id) return UNKNOWN;
  if (held && held.state !== 'repaired') return ofRefusal(held.state, held.code);
  const entry = facts.ledger.get(n);
  if (!entry) return UNKNOWN;
  return viewEntry(receipt, entry, facts.refused.get(n));
}

function viewEntry(receipt: Receipt, entry: LedgerEntry, refusal: string | undefined): ReceiptView {
  if (entry.digest && entry.digest.toString('base64url') !== receipt.digest) return UNKNOWN;
  switch (entry.verdict) {
    case 'dead':
    case 'waiting':
      return ofRefusal(entry.verdict, refusal ?? '');
    case 'applied':
      return { status: ofApplied(receipt, entry) };
  }
}

function ofApplied(receipt: Receipt, entry: LedgerEntry): ReceiptStatus {
  if (entry.outranked) return 'superseded';
  if (entry.repair) return 'repaired';
  const isItself = entry.partition === receipt.partition && entry.offset === String(receipt.offset);
  return isItself ? 'applied' : 'duplicate';
}

function ofRefusal(state: 'dead' | 'waiting', code: string): ReceiptView {
  if (code === 'event.conflict') return { status: 'conflict', code };
  return code === '' ? { status: state } : { status: state, code };
}
