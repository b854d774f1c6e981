import { type IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type VerifyToken } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import { limitAnswerTime } from './answer-time.js';
import { APIS_PATH } from './api-page.js';
import { askTokenFirst } from './ask-token-first.js';
import { applyLimits, BODY_LIMIT, headerProblem, limitBodyTime, refuseBodyType, throwAwayRest } from './body-rules.js';
import { answerClientError } from './client-error.js';
import { type Health } from './health.js';
import { type Log } from './log.js';
import { type Metrics } from './metrics.js';
import { PAGE_STYLE_SOURCE } from './page-style.js';
import { sendProblem } from './problem.filter.js';
import { newRequest, requestIdOf, runInRequest } from './request-context.js';
import { type RouteTable } from './route-table.js';
import { toProblemError } from './to-problem-error.js';

export interface ListenerParts {
  health: Health;
  log: Log;
  metrics: Metrics;
  routes: RouteTable;
  verify: VerifyToken;
}

/** Longer than the 30 s that a body may be silent: that end is answered, this one is not. */
const IDLE_MS = 35_000;
/** The longest stream (15 minutes); JSON bodies have their own, shorter time. */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How often heads are looked at that do not come to their end. */
const CHECK_MS = 5_000;
const HEADERS_BYTES = 16 * 1024;

const SECURITY = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The pages for readers: one style sheet, known by its hash, and no script. */
const DOCS_POLICY = `${NOTHING_ELSE}; style-src ${PAGE_STYLE_SOURCE}`;
/** Swagger UI: scripts, styles and requests of this server only, and nothing written into the page. */
const APIS_POLICY = `${NOTHING_ELSE}; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'`;

/** The HTTP server that agencies reach: strict bodies, limits, ids, and problems for whatever fails before a route. */
export function createPublicListener(parts: ListenerParts): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_MS,
    http: {
      maxHeaderSize: HEADERS_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_MS,
      // Refused by us, in words.
      requireHostHeader: false,
    },
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['request-id']),
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      setHeaders(request, reply);
      sendProblem(toProblemError(error), request, reply);
    },
  });
  const instance: FastifyInstance = adapter.getInstance();
  // RFC 9110 section 10.1.1 lets us ignore an expectation that we do not know; Node would answer without words.
  instance.server.on('checkExpectation', (request, response) => instance.server.emit('request', request, response));
  readBodies(instance);
  addHooks(instance, parts);
  return adapter;
}

/** JSON as bytes, for the strict reader; NDJSON as the stream that it is. Nothing else is taken. */
function readBodies(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      refuseBodyType(request);
      return body;
    },
  );
  instance.addContentTypeParser('application/x-ndjson', async (request: FastifyRequest, stream: unknown) => {
    refuseBodyType(request);
    return stream;
  });
}

function addHooks(instance: FastifyInstance, { health, log, metrics, routes, verify }: ListenerParts): void {
  instance.addHook('onRoute', (route) => {
    routes.add(route.method, route.url);
    applyLimits(route);
    askTokenFirst(route, verify);
  });
  instance.addHook('onRequest', (request, reply, done) => {
    setHeaders(request, reply);
    limitAnswerTime(request, reply);
    runInRequest(newRequest(request.id, traceparentOf(request)), () => {
      if (health.stopping) refuseWhileStopping(request, reply);
      else done(headerProblem(request));
    });
  });
  instance.addHook('preParsing', (request, reply, _payload, done) => {
    limitBodyTime(request, reply);
    done();
  });
  instance.addHook('onResponse', (request, reply, done) => {
    throwAwayRest(request);
    const line = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    metrics.observeRequest(line, reply.elapsedTime / 1000);
    const ms = Math.round(reply.elapsedTime);
    log[reply.statusCode < 400 ? 'debug' : 'info']('request', { ...line, ms, requestId: request.id });
    done();
  });
}

function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(SECURITY).header('request-id', request.id);
  const policy = documentsPolicy(request.url);
  if (policy !== undefined) void reply.header('content-security-policy', policy);
}

function documentsPolicy(url: string): string | undefined {
  const [path = ''] = url.split('?', 1);
  if (path.startsWith(`${APIS_PATH}/`)) return APIS_POLICY;
  return path === '/docs' || path.startsWith('/docs/') ? DOCS_POLICY : undefined;
}

function refuseWhileStopping(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('connection', 'close');
  sendProblem(new ProblemError('shutting-down', { headers: { 'retry-after': '1' } }), request, reply);
}

const traceparentOf = (request: FastifyRequest): string | undefined => {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
};
