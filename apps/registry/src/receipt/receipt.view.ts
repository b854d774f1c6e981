import type { Receipt } from '@simpul/contracts';
import type { HeldMessage, LedgerEntry, ReceiptFacts } from './receipt.store.js';

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
  const entry = facts.ledger.get(n);
  if (held && held.state !== 'repaired') return viewHeld(receipt, held);
  return entry ? viewEntry(receipt, entry, facts.refused.get(n)) : UNKNOWN;
}

/** A message that proved its id has only the receipts of that id. */
function viewHeld(receipt: Receipt, { id, state, code }: HeldMessage): ReceiptView {
  return id === null || id === receipt.id ? ofRefusal(state, code) : UNKNOWN;
}

function viewEntry(receipt: Receipt, entry: LedgerEntry, refusal: string | undefined): ReceiptView {
  if (entry.digest && entry.digest.toString('base64url') !== receipt.digest) return UNKNOWN;
  if (entry.verdict !== 'applied') return ofRefusal(entry.verdict, refusal ?? '');
  return { status: ofApplied(receipt, entry) };
}

function ofApplied(receipt: Receipt, entry: LedgerEntry): ReceiptStatus {
  if (entry.outranked) return 'superseded';
  if (entry.repair) return 'repaired';
  const isItself = entry.partition === receipt.partition && entry.offset === String(receipt.offset);
  return isItself ? 'applied' : 'duplicate';
}

function ofRefusal(state: HeldMessage['state'], code: string): ReceiptView {
  if (code === 'event.conflict') return { status: 'conflict', code };
  // An operator's word that nothing will be done changes nothing for whoever sent it.
  const status = state === 'set-aside' ? 'dead' : state;
  return code === '' ? { status } : { status, code };
}
