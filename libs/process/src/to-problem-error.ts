import { HttpException } from '@nestjs/common';
import { type ProblemCode, ProblemError } from '@simpul/contracts';
import { isError } from './is-error.js';

const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body.too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
  HPE_HEADER_OVERFLOW: 'headers.too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.timeout',
};

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'request.malformed',
  401: 'token.missing',
  // Said by a server of files about a path that leaves its folder; what a token may is refused with a problem of our own.
  403: 'not-found',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request.timeout',
  413: 'body.too-large',
  414: 'request.malformed',
  415: 'media-type',
  422: 'validation',
  429: 'quota',
  431: 'headers.too-large',
  503: 'unavailable',
};

/** PostgreSQL: connection lost, out of resources, ended by the operator, lock or statement time-out. Node: nobody answers. */
const DATABASE_AWAY = /^(?:08...|53...|57...|55P03|40...)$/;
const NETWORK_AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);
const RETRY = { 'retry-after': '5' };

/** Any error as a problem of the catalogue: what nobody foresaw is `internal` and says nothing of itself. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (!isError(error)) return new ProblemError('internal', { cause: error });
  return byCode(error) ?? byStatus(error) ?? new ProblemError('internal', { cause: error });
}

function byCode(cause: Error): ProblemError | undefined {
  const code = codeOf(cause) ?? codeOf(cause.cause);
  if (code === undefined) return undefined;
  const problem = BY_CODE[code];
  if (problem) return new ProblemError(problem, { cause, ...(problem === 'unavailable' && { headers: RETRY }) });
  if (DATABASE_AWAY.test(code)) return new ProblemError('database.unavailable', { cause, headers: RETRY });
  return NETWORK_AWAY.has(code) ? new ProblemError('unavailable', { cause, headers: RETRY }) : undefined;
}

function byStatus(cause: Error): ProblemError | undefined {
  const status = cause instanceof HttpException ? cause.getStatus() : statusOf(cause);
  const problem = BY_STATUS[status];
  return problem && new ProblemError(problem, { cause, ...(status === 503 && { headers: RETRY }) });
}

const codeOf = (error: unknown): string | undefined =>
  isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const statusOf = (error: Error): number =>
  'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
