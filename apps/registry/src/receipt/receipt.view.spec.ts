import { describe, expect, it } from '@jest/globals';

import { readReceipt } from '@simpul/contracts';
import type { HeldMessage, LedgerEntry, ReceiptFacts } from './receipt.store.js';
import { viewReceipt } from './receipt.view.js';

const digest = Buffer.alloc(32, 1);
const TOPIC = 'simpul.health.events.v1';
const ID = 'growth-measurement/r-1/0';
const fields = (change: Partial<Record<0 | 1 | 2 | 3 | 4, unknown>> = {}): unknown[] =>
  Object.values({ 0: ID, 1: digest.toString('base64url'), 2: TOPIC, 3: 2, 4: '7', ...change });
const write = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('viewReceipt', () => {
  const receipt = readReceipt(write(fields()));
  if (!receipt) throw new Error('not a receipt');
  const entry: LedgerEntry = {
    n: 1,
    digest,
    verdict: 'applied',
    outranked: false,
    partition: 2,
    offset: '7',
    repair: false,
  };
  const facts = (known: {
    next?: bigint;
    entry?: Partial<LedgerEntry>;
    held?: Omit<HeldMessage, 'n'>;
    refused?: string;
  }): ReceiptFacts => ({
    positions: new Map([[`${TOPIC}/2`, known.next ?? 8n]]),
    ledger: new Map(known.entry ? [[1, { ...entry, ...known.entry }]] : []),
    held: new Map(known.held ? [[1, { n: 1, ...known.held }]] : []),
    refused: new Map(known.refused === undefined ? [] : [[1, known.refused]]),
  });
  const view = (known: Parameters<typeof facts>[0]) => viewReceipt(receipt, 1, facts(known));

  it('waits for the position to pass', () => {
    expect(view({ next: 7n })).toEqual({ status: 'pending' });
    expect(view({ next: 7n, entry: { digest: Buffer.alloc(32, 2) } })).toEqual({ status: 'pending' });
  });

  it('asks for id and digest before the place, which another generation of the log may have taken', () => {
    expect(view({ next: 7n, entry: {} })).toEqual({ status: 'applied' });
    expect(view({ next: 7n, entry: { offset: '3' } })).toEqual({ status: 'duplicate' });
    expect(view({ next: 7n, held: { state: 'dead', code: 'event.conflict', id: ID } })).toMatchObject({
      status: 'conflict',
    });
    expect(view({ entry: {}, held: { state: 'dead', code: 'event.conflict', id: ID } })).toEqual({ status: 'applied' });
  });

  it('tells what the ledger tells', () => {
    expect(view({ entry: {} })).toEqual({ status: 'applied' });
    expect(view({ entry: { outranked: true } })).toEqual({ status: 'superseded' });
    expect(view({ entry: { offset: '3' } })).toEqual({ status: 'duplicate' });
    expect(view({ entry: { partition: 1 } })).toEqual({ status: 'duplicate' });
    expect(view({ entry: { offset: '9', repair: true } })).toEqual({ status: 'repaired' });
    expect(view({ entry: { verdict: 'dead' }, refused: 'event.schema' })).toEqual({
      status: 'dead',
      code: 'event.schema',
    });
  });

  it('tells what stands at the very place', () => {
    expect(view({ held: { state: 'dead', code: 'event.seal', id: null } })).toEqual({
      status: 'dead',
      code: 'event.seal',
    });
    const other = { digest: Buffer.alloc(32, 2) };
    expect(view({ entry: other, held: { state: 'dead', code: 'event.conflict', id: ID } })).toEqual({
      status: 'conflict',
      code: 'event.conflict',
    });
    expect(view({ held: { state: 'waiting', code: 'event.waiting.key', id: ID } })).toEqual({
      status: 'waiting',
      code: 'event.waiting.key',
    });
    expect(
      view({ entry: { repair: true, offset: '9' }, held: { state: 'repaired', code: 'event.schema', id: ID } }),
    ).toEqual({
      status: 'repaired',
    });
  });

  it('believes no receipt that the ledger does not agree with', () => {
    expect(view({})).toEqual({ status: 'unknown' });
    expect(view({ entry: { digest: Buffer.alloc(32, 2) } })).toEqual({ status: 'unknown' });
  });
});
