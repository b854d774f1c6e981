import { createDecipheriv, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPairwise } from './pairwise.js';

const key = Buffer.alloc(32, 7);
const pairwise = createPairwise(key);
const source = fc.stringMatching(/^[a-z][a-z0-9-]{1,20}$/);

describe('pairwise ids', () => {
  it('lead each source back to the id, and differ between sources and ids', () => {
    fc.assert(
      fc.property(source, source, fc.uuid(), fc.uuid(), (one, other, id, another) => {
        fc.pre(one !== other && id !== another);
        const token = pairwise.hide(one, id);
        expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(pairwise.reveal(one, token)).toBe(id);
        expect(createPairwise(key).hide(one, id)).toBe(token);
        expect(pairwise.hide(other, id)).not.toBe(token);
        expect(pairwise.hide(one, another)).not.toBe(token);
        expect(pairwise.reveal(other, token)).not.toBe(id);
      }),
    );
  });

  it('are one AES-256 block under HMAC(key, source)', () => {
    const id = '0f5c8a31-7b1e-8e55-9c04-1d2c3b4a5f60';
    const derived = createHmac('sha256', key).update('simpul:source:sdn-09').digest();
    const decipher = createDecipheriv('aes-256-ecb', derived, null).setAutoPadding(false);
    const block = Buffer.from(pairwise.hide('sdn-09', id), 'base64url');
    expect(block).toHaveLength(16);
    expect(decipher.update(block).toString('hex')).toBe(id.replaceAll('-', ''));
  });

  it.each(['', 'short', 'x'.repeat(23), 'AAAAAAAAAAAAAAAAAAAAA!', 'AAAAAAAAAAAAAAAAAAAAAB', '../../etc/passwd'])(
    'take %j for no token',
    (token) => {
      expect(pairwise.reveal('sdn-09', token)).toBeUndefined();
    },
  );

  it('show one event to each source by a token of its own', () => {
    const events = fc.tuple(source, fc.string());
    fc.assert(
      fc.property(source, source, events, events, (one, other, [from, id], [from2, id2]) => {
        fc.pre(one !== other && (from !== from2 || id !== id2));
        expect(pairwise.hideEvent(one, from, id)).toBe(pairwise.hideEvent(one, from, id));
        expect(pairwise.hideEvent(one, from, id)).not.toBe(pairwise.hideEvent(other, from, id));
        expect(pairwise.hideEvent(one, from, id)).not.toBe(pairwise.hideEvent(one, from2, id2));
      }),
    );
  });

  it('need a key of 32 bytes and a UUID', () => {
    expect(() => createPairwise(Buffer.alloc(16))).toThrow('32 bytes');
    expect(() => pairwise.hide('sdn-09', 'no-uuid')).toThrow('UUID');
  });
});
