import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Who calls, as the verified token says. `source` is the short name, without `urn:simpul:source:`. */
export interface Caller {
  clientId: string;
  source: string;
  scopes: string[];
}

const callers = new WeakMap<object, Caller>();

export const rememberCaller = (request: object, caller: Caller): void => {
  callers.set(request, caller);
};

/** The caller of a request that the guard let in. Throws on a public route, where nobody was asked. */
export function getCaller(request: object): Caller {
  const caller = callers.get(request);
  if (!caller) throw new Error('No caller: the route is public or the guard did not run');
  return caller;
}

/** Parameter decorator: the verified caller. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  getCaller(context.switchToHttp().getRequest<object>()),
);
