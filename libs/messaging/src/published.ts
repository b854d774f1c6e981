/**
 * `accepted`: the broker has it durably and named its place. `retry`: send the same again later: it was not taken (`full`),
 * the outcome is `unsure` (it may be in the log), or the broker `refused` it for a fault of ours.
 */
export type Published =
  | { status: 'accepted'; partition: number; offset: string }
  | { status: 'retry'; reason: 'full' | 'unsure' | 'refused' };
