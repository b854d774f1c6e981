/** What was promised of the speed, by the number that results are told under. */
export const TARGETS = {
  S1: 'registry write path with all semantics, against raw COPY of the rows that it ends in',
  S2: 'registry write path, against TypeORM one by one and in batches',
  S3: 'HTTP push to committed row, against the plain Nest pipeline',
  S4: 'overload at 150 %: nothing lost, memory bounded, the rest refused',
  S5: 'intake, against bare node:http with the same validator',
  S6: 'push to visible at shares of the maximum',
  S7: 'growth: a hot set in a large table, against the empty one',
  S8: 'look-up with its access entry, against a TypeORM repository endpoint',
  S9: 'cost of exactly once over a blind upsert',
  S10: 'rebuild from the ledger, compared by hash',
  S11: 'a small installation on a small computer',
  S12: 'Kafka to committed rows, against a plain Java consumer',
} as const;

export type Target = keyof typeof TARGETS;

export const isTarget = (name: string): name is Target => Object.hasOwn(TARGETS, name);
