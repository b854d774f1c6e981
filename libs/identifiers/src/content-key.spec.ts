import { createSecretKey, randomBytes } from 'node:crypto';

import { expect, it } from '@jest/globals';

import { createContentKeys } from './content-key.js';
import { newRegistryKey } from './registry-key.js';
import { readSeal } from './seal-text.js';
import { createSealer } from './sealer.js';

const key = newRegistryKey('registry-1');

function drawSeal(): NonNullable<ReturnType<typeof readSeal>> {
  const [, data = ''] = createSealer({ recipient: () => key })
    .seal('{}', '{}')
    .split('"data":"');
  const seal = readSeal(data.slice(0, -2));
  if (!seal) throw new Error('The sealer wrote what cannot be read');
  return seal;
}

it('unwraps a key once while it is kept, and the least recently used one goes', () => {
  const keys = createContentKeys([key], 2);
  const [a, b, c] = [drawSeal(), drawSeal(), drawSeal()];
  const first = keys.find(a);
  expect(keys.find(a)).toBe(first);
  const second = keys.find(b);
  expect(keys.find(a)).toBe(first);
  keys.find(c);
  expect(keys.find(a)).toBe(first);
  const again = keys.find(b);
  expect(again).not.toBe(second);
  expect(again).toEqual(second);
});

it('does not keep what does not open', () => {
  const keys = createContentKeys([key]);
  const seal = drawSeal();
  expect(keys.find({ ...seal, wrapped: 'A'.repeat(54) })).toBeUndefined();
  expect(keys.find({ ...seal, kid: 'registry-2' })).toBe('unknown');
  expect(keys.find({ ...seal, epk: 'A'.repeat(43) })).toBeUndefined();
  expect(keys.find(seal)).toBeInstanceOf(createSecretKey(randomBytes(32)).constructor);
});
