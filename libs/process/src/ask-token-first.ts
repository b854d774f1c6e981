import { type FastifyRequest, type RouteOptions } from 'fastify';
import { admit, findAccessRule, type VerifyToken } from '@simpul/access';

/**
 * Fastify's onRoute hook: whoever the route is not open to is told so before a byte of the body is read. What protects
 * the route is the guard, which asks again; a route whose rule is not seen here loses only the order.
 */
export function askTokenFirst(route: RouteOptions, verify: VerifyToken): void {
  const rule = findAccessRule(route.handler);
  if (!rule || 'public' in rule) return;
  route.onRequest = async (request: FastifyRequest): Promise<void> => {
    await admit(rule, request, verify);
  };
}
