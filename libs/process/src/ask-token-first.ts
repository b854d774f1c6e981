import { type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { admit, findAccessRule, type VerifyToken } from '@simpul/access';
import { BODY_LIMIT } from './body-rules.js';

/**
 * Fastify's onRoute hook: whoever the route is not open to is told so before a byte of the body is read. What protects
 * the route is the guard, which asks again; a route whose rule is not seen here loses only the order.
 */
export function askTokenFirst(route: RouteOptions, verify: VerifyToken): void {
  const rule = findAccessRule(route.handler);
  if (!rule || 'public' in rule) return;
  const limit = route.bodyLimit ?? BODY_LIMIT;
  route.onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    try {
      await admit(rule, request, verify);
    } catch (error) {
      if (!endsWithin(request, limit)) void reply.header('connection', 'close');
      throw error;
    }
  };
}

/** A body of known, permitted length is thrown away as it comes, so that its sender reads our answer; any other ends the connection. */
function endsWithin({ headers }: FastifyRequest, limit: number): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= limit;
}
