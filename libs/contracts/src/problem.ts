import type { FieldError } from './explain.js';
import { HTTP_PROBLEMS } from './http-problem.catalogue.js';
import type { ProblemInfo } from './problem-info.js';
import { VERDICT_PROBLEMS } from './verdict-problem.catalogue.js';
import { WARNING_PROBLEMS } from './warning-problem.catalogue.js';
import type { Language, Words } from './words.js';

const catalogue = { ...HTTP_PROBLEMS, ...VERDICT_PROBLEMS, ...WARNING_PROBLEMS };

export type ProblemCode = keyof typeof catalogue;
export type VerdictCode = keyof typeof VERDICT_PROBLEMS;
export type WarningCode = keyof typeof WARNING_PROBLEMS;

/** Every code that the system ever says: HTTP problems, verdicts on dead and waiting events, warnings. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemInfo>> = catalogue;

export const VERDICT_CODES = Object.keys(VERDICT_PROBLEMS) as readonly VerdictCode[];
export const WARNING_CODES = Object.keys(WARNING_PROBLEMS) as readonly WarningCode[];

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(catalogue, code);

/** A refusal that has a page in the catalogue. `detail` must never hold personal data: it is written to logs too. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly detail?: Words;

  constructor(
    readonly code: ProblemCode,
    o: {
      errors?: readonly FieldError[];
      headers?: Readonly<Record<string, string>>;
      detail?: Words;
      cause?: unknown;
    } = {},
  ) {
    super(PROBLEMS[code].title.en, o.cause === undefined ? undefined : { cause: o.cause });
    this.status = PROBLEMS[code].status;
    if (o.errors) this.errors = o.errors;
    if (o.headers) this.headers = o.headers;
    if (o.detail) this.detail = o.detail;
  }
}

/** RFC 9457 body, in one language. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  instance: string;
  traceId?: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

/** The body of a refusal in the reader's language. `instance` is the request's path without its query. */
export function toProblem(error: ProblemError, language: Language, instance: string, traceId?: string): Problem {
  const info = PROBLEMS[error.code];
  return {
    type: `/docs/problems/${error.code}`,
    title: info.title[language],
    status: error.status,
    detail: (error.detail ?? info.explanation)[language],
    code: error.code,
    instance,
    ...(traceId !== undefined && { traceId }),
    ...(error.errors && {
      errors: error.errors.map(({ pointer, code, detail }) => ({ pointer, code, detail: detail[language] })),
    }),
  };
}
