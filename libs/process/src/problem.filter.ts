import { type ArgumentsHost, Catch, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ProblemError, toProblem } from '@simpul/contracts';
import { throwError } from 'rxjs';
import { languageOf } from './accept-language.js';
import { type Log } from './log.js';
import { findRequest } from './request-context.js';
import { type RouteTable } from './route-table.js';
import { toProblemError } from './to-problem-error.js';

/** Answers every failure of an HTTP request with a problem (RFC 9457). Failures of Kafka batches go back to their consumer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    return undefined;
  }

  /** Also for errors that the framework meets before or outside of a route. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // Whoever hung up is no fault of ours: the answer goes nowhere, and nobody must be woken.
    const isGone = request.raw.readableAborted;
    const problem = isGone
      ? new ProblemError('request.malformed')
      : (this.routeProblem(error, request, reply) ?? toProblemError(error));
    if (problem.status >= 500) this.log.error('request.failed', { code: problem.code, status: problem.status }, error);
    if (reply.sent) return;
    // Fastify would close at once on a body that it refuses, and who is still sending would never read why.
    void reply.removeHeader('connection');
    sendProblem(problem, request, reply);
  }

  /** No route: OPTIONS is answered here, another method of a known path is a 405. */
  private routeProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): ProblemError | undefined {
    if (!(error instanceof NotFoundException)) return undefined;
    const methods = this.routes.methodsOf(request.url);
    // A route of this method that found nothing, such as one that serves files, is a plain 404.
    if (methods.length === 0 || methods.includes(request.method)) return new ProblemError('not-found');
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') void reply.code(204).header('allow', allow).send();
    return new ProblemError('method-not-allowed', { headers: { allow } });
  }
}

export function sendProblem(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(request.headers['accept-language']);
  const instance = request.url.split('?', 1)[0] ?? '';
  const body = toProblem(problem, language, instance, findRequest()?.traceId);
  void reply
    .code(problem.status)
    .headers({ ...problem.headers, 'content-language': language, vary: 'Accept-Language' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}
