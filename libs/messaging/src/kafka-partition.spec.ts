import { expect, test } from '@jest/globals';
import { murmur2, partitionOf } from './kafka-partition.js';

// As Kafka's Java client computes them.
const VECTORS: [string, number, number, number][] = [
  ['21', -973932308, 0, 0],
  ['foobar', -790332482, 0, 6],
  ['a-little-bit-long-string', -985981536, 2, 8],
  ['a-little-bit-longer-string', -1486304829, 5, 11],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971, 5, 5],
  ['abc', 479470107, 3, 3],
  ['kunci-uji', -1241540836, 4, 4],
];

test.each(VECTORS)('%s goes where every Java client puts it', (key, hash, ofSix, ofTwelve) => {
  expect(murmur2(Buffer.from(key))).toBe(hash);
  expect(partitionOf(key, 6)).toBe(ofSix);
  expect(partitionOf(Buffer.from(key), 12)).toBe(ofTwelve);
});
