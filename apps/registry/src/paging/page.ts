import { ProblemError } from '@simpul/contracts';
import type { FastifyReply } from 'fastify';

import type { CursorSigner, PageFilter } from './cursor.js';

const DEFAULT_LIMIT = 50;
const GREATEST_LIMIT = 200;
const LIMIT = /^[1-9][0-9]{0,2}$/u;

export type Query = Readonly<Record<string, unknown>>;

/** Which part of a listing is asked for. */
export interface PageRequest {
  /** 1 to 200. */
  readonly limit: number;
  /** Key of the last row that the caller has; absent on the first page. */
  readonly after?: readonly string[];
}

/**
 * Reads `limit` and `cursor`. Throws a 400 problem for a limit out of range, and for a cursor that was changed or made
 * for another caller, purpose or filter.
 */
export function readPage(query: Query, filter: PageFilter, signer: CursorSigner): PageRequest {
  const limit = readLimit(query['limit']);
  const { cursor } = query;
  if (cursor === undefined) return { limit };
  const after = typeof cursor === 'string' ? signer.read(filter, cursor) : undefined;
  if (!after) throw malformed('cursor', 'Link rel="next"');
  return { limit, after };
}

function readLimit(text: unknown): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = typeof text === 'string' && LIMIT.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > GREATEST_LIMIT) throw malformed('limit', '1–200');
  return limit;
}

/**
 * The first `limit` of `limit + 1` rows read; `next` when there are more. `keyOf` gives a row's place in the order.
 */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => string[],
): { rows: T[]; last?: string[] } {
  const shown = rows.slice(0, limit);
  const final = shown.at(-1);
  return rows.length > limit && final !== undefined ? { rows: shown, last: keyOf(final) } : { rows: shown };
}

/** RFC 8288 `Link: <…>; rel="next"` beside the same cursor in the body. */
export function linkNext(reply: FastifyReply, cursor: string | undefined): void {
  if (cursor === undefined) return;
  const url = new URL(reply.request.url, 'http://here.invalid');
  url.searchParams.set('cursor', cursor);
  reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
}

/** A 400 problem that names the parameter and the form it should have; never what was sent. */
export function malformed(parameter: string, form: string): ProblemError {
  return new ProblemError('request.malformed', {
    detail: {
      en: `The parameter "${parameter}" does not have its proper form (${form}).`,
      id: `Parameter "${parameter}" tidak berbentuk semestinya (${form}).`,
    },
  });
}
