import { describe, expect, it } from '@jest/globals';
import { murmur2, partitionOfKey } from './key-partition.js';

// As Apache Kafka's own tests have them.
const VECTORS: [string, number][] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

describe('the partition of a key', () => {
  it.each(VECTORS)('comes from the hash that Java clients compute: %s', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('is that hash without its sign, modulo', () => {
    expect(partitionOfKey(Buffer.from('21'), 1_000)).toBe((2 ** 31 - 973932308) % 1_000);
  });
});
