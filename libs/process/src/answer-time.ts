import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ProblemError } from '@simpul/contracts';
import { type RouteLimits } from './body-rules.js';

/** Milliseconds until an answer must have begun, on a route that says nothing else. */
const ANSWER_MS = 15_000;

/**
 * Fastify's hook onRequest: a 503 for what is not answered in time. Its own `handlerTimeout` ends when the body has been read, as
 * the request is closed then, and costs a tenth of a look-up.
 */
export function limitAnswerTime(request: FastifyRequest, reply: FastifyReply): void {
  const { simpulLimits: limits } = (request.routeOptions.config ?? {}) as { simpulLimits?: RouteLimits };
  const timer = setTimeout(() => {
    if (!reply.sent) void reply.send(new ProblemError('unavailable', { headers: { 'retry-after': '5' } }));
  }, limits?.handlerTimeout ?? ANSWER_MS);
  reply.raw.once('close', () => clearTimeout(timer));
}
