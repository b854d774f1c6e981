import { createSecretKey, randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { openAtRest, sealAtRest, unwrapKey, wrapKey } from './at-rest.js';

const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const key = createSecretKey(randomBytes(32));

describe('a sealed value', () => {
  it('opens to what it was, in its place', () => {
    fc.assert(
      fc.property(bytes(300), fc.string({ unit: 'binary' }), (plain, aad) => {
        const sealed = sealAtRest(key, aad, plain);
        expect(sealed).toHaveLength(plain.length + 28);
        expect(openAtRest(key, aad, sealed)).toEqual(plain);
        expect(openAtRest(key, Buffer.from(aad), sealed)).toEqual(plain);
      }),
    );
  });

  it('does not open with a bit flipped, in another place or with another key', () => {
    fc.assert(
      fc.property(bytes(60), fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, place, bit) => {
        const sealed = sealAtRest(key, 'record|folded', plain);
        expect(() => openAtRest(key, 'other|folded', sealed)).toThrow('do not open');
        expect(() => openAtRest(randomBytes(32), 'record|folded', sealed)).toThrow('do not open');
        const at = place % sealed.length;
        sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
        expect(() => openAtRest(key, 'record|folded', sealed)).toThrow('do not open');
      }),
    );
  });

  it('does not open when it is cut', () => {
    const sealed = sealAtRest(key, 'a', Buffer.from('text'));
    expect(() => openAtRest(key, 'a', sealed.subarray(0, 27))).toThrow('too short');
    expect(() => openAtRest(key, 'a', sealed.subarray(1))).toThrow('do not open');
  });

  it('never has the same first bytes twice', () => {
    const ivs = Array.from({ length: 2_000 }, () => sealAtRest(key, '', Buffer.alloc(0)).toString('hex', 0, 12));
    expect(new Set(ivs).size).toBe(2_000);
  });
});

describe('a wrapped key', () => {
  // RFC 3394, 4.6: 256 bits of key data with a 256-bit key-encryption key.
  const kek = Buffer.from('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F', 'hex');
  const data = Buffer.from('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F', 'hex');
  const wrapped = Buffer.from(
    '28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21',
    'hex',
  );

  it('is that of RFC 3394', () => {
    expect(wrapKey(kek, data)).toEqual(wrapped);
    expect(unwrapKey(kek, wrapped).export()).toEqual(data);
  });

  it('opens with its key only, unchanged', () => {
    expect(() => unwrapKey(randomBytes(32), wrapped)).toThrow('does not open');
    expect(() => unwrapKey(kek, Buffer.from(wrapped).fill(0, 39))).toThrow('does not open');
    expect(() => unwrapKey(kek, wrapped.subarray(8))).toThrow('40 bytes');
    expect(() => wrapKey(kek, data.subarray(1))).toThrow('32 bytes');
  });
});
