import { applyDecorators, type CustomDecorator } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { ProblemError } from '@simpul/contracts';
import { sendProblem } from './problem.filter.js';

/** Limits of one route where they differ from those of the process. */
export interface RouteLimits {
  /** Bytes of a JSON body; a stream counts its own. */
  bodyLimit?: number;
  /** Milliseconds until the answer must have begun to be complete. */
  handlerTimeout?: number;
}

/** An object may have 256 KiB; routes that take arrays say so with @Limits. */
export const BODY_LIMIT = 256 * 1024;
/** Time for a JSON body to arrive, ms. */
const BODY_TIMEOUT_MS = 30_000;
/** Time for the rest of a body that was answered before its end, ms. */
const LINGER_MS = 2_000;

const JSON_TYPE = /^application\/json(?:; ?charset=(?:utf-8|"utf-8"))?$/i;
const LINES_TYPE = /^application\/x-ndjson(?:; ?charset=(?:utf-8|"utf-8"))?$/i;

/** Route decorator: other limits than those of the process. */
export const Limits = (limits: RouteLimits): CustomDecorator | MethodDecorator =>
  applyDecorators(RouteConfig({ simpulLimits: limits }));

/** Fastify's onRoute hook: what @Limits said becomes the route's own options. */
export function applyLimits(route: RouteOptions): void {
  const { simpulLimits: limits } = (route.config ?? {}) as { simpulLimits?: RouteLimits };
  if (limits?.bodyLimit !== undefined) route.bodyLimit = limits.bodyLimit;
}

/** Exactly JSON or NDJSON in UTF-8, said once and not compressed: anything looser has let bodies slip past checks before. */
export function refuseBodyType(request: FastifyRequest): void {
  const type = request.headers['content-type'] ?? '';
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const known = JSON_TYPE.test(type) || LINES_TYPE.test(type);
  if (!known || encoding !== 'identity' || isRepeated(request, 'content-type')) throw new ProblemError('media-type');
}

/** Which of two hosts or tokens counts would be anybody's guess, and another guess in front of us is a way past its checks. */
export function headerProblem(request: FastifyRequest): ProblemError | undefined {
  const repeated = ['host', 'authorization'].some((name) => isRepeated(request, name));
  const hostless = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
  return repeated || hostless ? new ProblemError('request.malformed') : undefined;
}

const isRepeated = ({ raw }: FastifyRequest, name: string): boolean =>
  raw.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length > 1;

/**
 * What comes of a body behind our answer is thrown away, and after a while the connection with it. Who is cut off while
 * sending may never read the answer; who sends for ever must not keep us busy.
 */
export function throwAwayRest({ raw }: FastifyRequest): void {
  if (raw.complete || raw.readableEnded) return;
  const timer = setTimeout(() => raw.destroy(), LINGER_MS);
  timer.unref();
  raw.once('end', () => clearTimeout(timer));
}

/** Ends the wait for a JSON body that does not come. Node's own time-out has to be as long as the longest stream. */
export function limitBodyTime(request: FastifyRequest, reply: FastifyReply): void {
  if (LINES_TYPE.test(request.headers['content-type'] ?? '')) return;
  const timer = setTimeout(() => {
    if (reply.sent) return;
    void reply.header('connection', 'close');
    sendProblem(new ProblemError('request.timeout'), request, reply);
  }, BODY_TIMEOUT_MS);
  timer.unref();
  const stop = (): void => clearTimeout(timer);
  request.raw.once('end', stop).once('close', stop);
}
