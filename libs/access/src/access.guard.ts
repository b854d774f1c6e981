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
    if (!rule) throw new ProblemError('token.scope', { cause: new Error('The route has no access rule') });
    if ('public' in rule) return true;
    const request = context.switchToHttp().getRequest<Incoming>();
    const caller = await this.verify(bearerOf(request));
    if (!caller.scopes.includes(rule.scope)) throw insufficientScope(rule.scope);
    rememberCaller(request, caller);
    return true;
  }
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
