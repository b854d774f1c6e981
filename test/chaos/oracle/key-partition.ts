const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/** Partition that Java clients give to a key: MurmurHash2 (32 bits) of its bytes without the sign, modulo. Written from its definition. */
export function partitionOfKey(key: Buffer, partitions: number): number {
  return (murmur2(key) & 0x7fff_ffff) % partitions;
}

export function murmur2(key: Buffer): number {
  let hash = SEED ^ key.length;
  const end = key.length - (key.length % 4);
  for (let at = 0; at < end; at += 4) {
    const word = Math.imul(key.readInt32LE(at), MIX);
    hash = Math.imul(hash, MIX) ^ Math.imul(word ^ (word >>> 24), MIX);
  }
  if (end < key.length) hash = Math.imul(hash ^ key.readUIntLE(end, key.length - end), MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}
