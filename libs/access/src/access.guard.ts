import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ProblemError } from '@simpul/contracts';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { type Caller, rememberCaller } from './caller.js';

/** Turns a bearer token into its caller, or throws a 401 or 503 problem. */
export type VerifyToken = (token: string) => Promise<Caller>;

interface Incoming {
  headers: { authorization?: string };
}

/** A route's rule, from its handler: what says it on a class says it of each of its routes. */
export const findAccessRule = (handler: object): AccessRule | undefined =>
  Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined;

/** RFC 6750 section 2.1, the syntax of a bearer token. */
const BEARER = /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i;

/** Bound once per process. Denies what has no rule; lets Kafka batches pass, which carry no token. */
export class AccessGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly verify: VerifyToken) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rule) throw new ProblemError('access.no-rule');
    const request = context.switchToHttp().getRequest<Incoming>();
    const caller = await admit(rule, request, this.verify);
    if (caller) rememberCaller(request, caller);
    return true;
  }
}

/** Who asks, if the rule lets them in: nobody is asked on a public route. Throws a 401, 403 or 503 problem. */
export async function admit(rule: AccessRule, request: Incoming, verify: VerifyToken): Promise<Caller | undefined> {
  if ('public' in rule) return undefined;
  const caller = await verify(bearerOf(request));
  if (!caller.scopes.includes(rule.scope)) throw insufficientScope(rule.scope);
  return caller;
}

function bearerOf(request: Incoming): string {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (!token) throw new ProblemError('token.missing', { headers: { 'www-authenticate': 'Bearer realm="simpul"' } });
  return token;
}

const insufficientScope = (scope: string): ProblemError =>
  new ProblemError('token.scope', {
    headers: { 'www-authenticate': `Bearer realm="simpul", error="insufficient_scope", scope="${scope}"` },
  });
