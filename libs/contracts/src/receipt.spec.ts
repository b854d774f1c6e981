import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readReceipt, writeReceipt } from './receipt.js';

const digest = Buffer.alloc(32, 1);
const TOPIC = 'simpul.health.events.v1';
const ID = 'growth-measurement/r-1/0';
const fields = (change: Partial<Record<0 | 1 | 2 | 3 | 4, unknown>> = {}): unknown[] =>
  Object.values({ 0: ID, 1: digest.toString('base64url'), 2: TOPIC, 3: 2, 4: '7', ...change });
const write = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('readReceipt', () => {
  it('reads what writeReceipt wrote, field by field', () => {
    const parts = { id: ID, digest: digest.toString('base64url'), topic: TOPIC, partition: 2, offset: '7' };
    expect(writeReceipt(parts)).toBe(write(fields()));
    expect(readReceipt(writeReceipt(parts))).toMatchObject({ ...parts, offset: 7n });
  });

  it('reads what an adapter wrote', () => {
    expect(readReceipt(write(fields()))).toEqual({
      id: ID,
      parts: { kind: 'growth-measurement', reference: 'r-1', revision: 0 },
      digest: digest.toString('base64url'),
      topic: TOPIC,
      partition: 2,
      offset: 7n,
    });
  });

  it.each([
    { 0: 'r-1' },
    { 0: 1 },
    { 1: 'short' },
    { 2: 'simpul.registry.events.v1' },
    { 3: -1 },
    { 3: '2' },
    { 4: 7 },
    { 4: '-7' },
    { 4: '07' },
    { 4: '9'.repeat(30) },
  ])('refuses %j', (change) => {
    expect(readReceipt(write(fields(change)))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => readReceipt(value) === undefined));
    fc.assert(fc.property(fc.jsonValue(), (value) => readReceipt(write(value)) === undefined));
  });
});
