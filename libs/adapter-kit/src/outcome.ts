import type { ProblemCode, ProblemError, WarningCode } from '@simpul/contracts';

export interface Warning {
  code: WarningCode;
  /** RFC 6901, into the message. */
  pointer: string;
}

/** What became of one item. */
export type Outcome =
  | { status: 'accepted'; id: string; receivedAt: string; receipt: string; warnings: readonly Warning[] }
  | { status: 'would-be-accepted'; id: string; warnings: readonly Warning[] }
  | { status: 'duplicate'; id: string }
  | { status: 'rejected'; id?: string; problem: ProblemError }
  | { status: 'retry'; id: string; because: ProblemCode };

export type Status = Outcome['status'];
