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
 * What became of the message that a receipt names. A receipt is not signed: where the ledger does not agree with it, the answer is `unknown`, as for
 * one that is of another source or lost. Id and digest are asked first, as they hold in every generation of the log; an offset only in its own.
 */
export function viewReceipt(receipt: Receipt, n: number, facts: ReceiptFacts): ReceiptView {
  const entry = facts.ledger.get(n);
  if (entry && isOfEntry(receipt, entry)) return viewEntry(receipt, entry, facts.refused.get(n));
  const held = facts.held.get(n);
  if (held && held.state !== 'repaired') return ofRefusal(held.state, held.code);
  if (!isPassed(receipt, facts)) return { status: 'pending' };
  return isSealed(entry) ? ofRefusal(entry.verdict, facts.refused.get(n) ?? '') : UNKNOWN;
}

function isPassed({ topic, partition, offset }: Receipt, { positions }: ReceiptFacts): boolean {
  const next = positions.get(`${topic}/${partition}`);
  return next !== undefined && offset < next;
}

/** Its digest is not known yet: then it waits, whatever the receipt says. */
const isSealed = (entry: LedgerEntry | undefined): entry is LedgerEntry => entry?.digest === null;

const isOfEntry = ({ digest }: Receipt, entry: LedgerEntry): boolean => entry.digest?.toString('base64url') === digest;

function viewEntry(receipt: Receipt, entry: LedgerEntry, refusal: string | undefined): ReceiptView {
  if (entry.verdict !== 'applied') return ofRefusal(entry.verdict, refusal ?? '');
  return { status: ofApplied(receipt, entry) };
}

function ofApplied(receipt: Receipt, entry: LedgerEntry): ReceiptStatus {
  if (entry.outranked) return 'superseded';
  if (entry.repair) return 'repaired';
  const isItself = entry.partition === receipt.partition && entry.offset === String(receipt.offset);
  return isItself ? 'applied' : 'duplicate';
}

function ofRefusal(state: HeldMessage['state'] | LedgerEntry['verdict'], code: string): ReceiptView {
  if (code === 'event.conflict') return { status: 'conflict', code };
  // An operator's word that nothing will be done changes nothing for whoever sent it.
  const status = state === 'set-aside' ? 'dead' : state;
  return code === '' ? { status } : { status, code };
}
