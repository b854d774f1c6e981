const KIB = 1024;
const MIB = 1024 * KIB;

/** What one request may hold (documented in OpenAPI and the problem catalogue). Bytes, counts, milliseconds. */
export const LIMITS = {
  objectBytes: 256 * KIB,
  arrayBytes: 10 * MIB,
  arrayItems: 1_000,
  lineBytes: 64 * KIB,
  lines: 100_000,
  streamBytes: 256 * MIB,
  idleMs: 30_000,
  totalMs: 15 * 60_000,
  /** Lines that were read and whose answers the client has not yet taken: what bounds the memory of a stream. */
  window: 2_000,
  /** How far clocks may differ. */
  aheadMs: 5 * 60_000,
} as const;

export type Limits = { readonly [Name in keyof typeof LIMITS]: number };
