import { type Language, type ProblemCode, ProblemError, toProblem } from '@simpul/contracts';
import type { Outcome, Status } from './outcome.js';

/** How the answers of one request are worded. */
export interface Voice {
  language: Language;
  /** The request's path. */
  instance: string;
  traceId: string;
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** A refusal is a problem (RFC 9457). */
  isProblem: boolean;
  body: object;
}

/** Seconds after which a retry has a chance. */
export const RETRY_AFTER = { 'retry-after': '5' } as const;

/** One item as it is answered, with its place in the request. */
export function toItem(index: number, outcome: Outcome, voice: Voice): object {
  switch (outcome.status) {
    case 'accepted': {
      const { id, status, receivedAt, receipt, warnings } = outcome;
      return { index, id, status, receivedAt, receipt, warnings };
    }
    case 'would-be-accepted': {
      const { id, status, warnings } = outcome;
      return { index, id, status, warnings };
    }
    case 'rejected': {
      const { id, status, problem } = outcome;
      const body = toProblem(problem, voice.language, voice.instance, voice.traceId);
      return { index, ...(id !== undefined && { id }), status, problem: body };
    }
    case 'duplicate':
    case 'retry':
      return { index, id: outcome.id, status: outcome.status };
  }
}

/** How many items ended how. With `?check=only` nothing is accepted, so it counts under its own name. */
export class Tally {
  private readonly counts = new Map<Status, number>();
  private because: ProblemCode = 'broker.unavailable';

  constructor(private readonly checkOnly: boolean) {}

  add(outcome: Outcome): void {
    this.counts.set(outcome.status, this.of(outcome.status) + 1);
    if (outcome.status === 'retry') this.because = outcome.because;
  }

  of(status: Status): number {
    return this.counts.get(status) ?? 0;
  }

  /** Why the last item to be sent again was not taken. */
  get retryCode(): ProblemCode {
    return this.because;
  }

  toJSON(): Record<string, number> {
    const taken = this.checkOnly ? 'would-be-accepted' : 'accepted';
    return {
      [this.checkOnly ? 'wouldBeAccepted' : 'accepted']: this.of(taken),
      duplicate: this.of('duplicate'),
      rejected: this.of('rejected'),
      retry: this.of('retry'),
    };
  }
}

const problemAnswer = (problem: ProblemError, voice: Voice, extra: object = {}): Answer => ({
  status: problem.status,
  headers: { ...problem.headers, 'content-language': voice.language, vary: 'Accept-Language' },
  isProblem: true,
  body: { ...toProblem(problem, voice.language, voice.instance, voice.traceId), ...extra },
});

/** One object: 202 (200 when only checked), or the problem of its refusal. */
export function answerObject(outcome: Outcome, voice: Voice): Answer {
  switch (outcome.status) {
    case 'rejected':
      return problemAnswer(outcome.problem, voice, outcome.id === undefined ? {} : { id: outcome.id });
    case 'retry':
      return problemAnswer(new ProblemError(outcome.because, { headers: RETRY_AFTER }), voice, { id: outcome.id });
    case 'would-be-accepted':
      return { status: 200, isProblem: false, body: toItem(0, outcome, voice) };
    case 'accepted':
    case 'duplicate':
      return { status: 202, isProblem: false, body: toItem(0, outcome, voice) };
  }
}

/** An array: 202 when anything was accepted, else 503 when anything should be sent again, else 422; counters in each. */
export function answerArray(outcomes: readonly Outcome[], checkOnly: boolean, voice: Voice): Answer {
  const tally = new Tally(checkOnly);
  for (const outcome of outcomes) tally.add(outcome);
  const items = outcomes.map((outcome, index) => toItem(index, outcome, voice));
  const body = { ...tally.toJSON(), items };
  if (tally.of('accepted') > 0) return { status: 202, isProblem: false, body };
  if (tally.of('would-be-accepted') > 0) return { status: 200, isProblem: false, body };
  if (tally.of('retry') > 0)
    return problemAnswer(new ProblemError(tally.retryCode, { headers: RETRY_AFTER }), voice, body);
  return problemAnswer(new ProblemError('items.rejected'), voice, body);
}
