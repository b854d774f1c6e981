import { describe, expect, it } from '@jest/globals';

import { newRegistryKey, readPrivateJwks, readPublicJwks, toPrivateJwk, toPublicJwk } from './registry-key.js';

const [first, second] = [newRegistryKey('registry-2026-11'), newRegistryKey('registry-2026-10')];
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a key set', () => {
  it('keeps its order, in public and in private', () => {
    const open = readPublicJwks(json({ keys: [first, second].map(toPublicJwk) }));
    expect(open.map((key) => key.kid)).toEqual(['registry-2026-11', 'registry-2026-10']);
    expect(open[0]?.publicKey.equals(first.publicKey)).toBe(true);
    const secret = readPrivateJwks(json({ keys: [second, first].map(toPrivateJwk) }));
    expect(secret.map((key) => key.kid)).toEqual(['registry-2026-10', 'registry-2026-11']);
    expect(secret[1]?.privateKey.equals(first.privateKey)).toBe(true);
  });

  it('does not give a private half away', () => {
    expect(JSON.stringify(toPublicJwk(first))).not.toContain('"d"');
    expect(() => readPublicJwks({ keys: [toPrivateJwk(first)] })).toThrow('private');
  });

  it.each([
    [undefined, 'Not a set'],
    [{ keys: [] }, 'Not a set'],
    [{ keys: [7] }, 'no usable id'],
    [{ keys: [{ ...toPrivateJwk(first), kid: 'a b' }] }, 'no usable id'],
    [{ keys: [{ ...toPrivateJwk(first), crv: 'Ed25519' }] }, 'not an X25519'],
    [{ keys: [{ ...toPrivateJwk(first), x: 'AAAA' }] }, '32 bytes'],
    [{ keys: [toPublicJwk(first)] }, 'no private half'],
    [{ keys: [{ ...toPrivateJwk(first), x: toPublicJwk(second).x }] }, 'do not belong together'],
    [{ keys: [toPrivateJwk(first), toPrivateJwk(first)] }, 'same id'],
  ])('is refused: case %#', (set, message) => {
    expect(() => readPrivateJwks(set)).toThrow(message);
  });

  it('has ids of plain characters only', () => {
    expect(() => newRegistryKey('')).toThrow('key id');
    expect(() => newRegistryKey('a/b')).toThrow('key id');
  });
});
