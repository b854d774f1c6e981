import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

/** What a route asks of its caller: a scope, or nothing. A route without a rule is refused. */
export type AccessRule = { scope: string } | { public: true };

export const ACCESS_RULE = 'simpul:access-rule';

/** The name of the security scheme in the OpenAPI documents. */
export const TOKEN_SCHEME = 'token';

/** The route opens to tokens with this scope, for example `push:health`. */
export const Requires = (scope: string): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata<string, AccessRule>(ACCESS_RULE, { scope }), ApiSecurity(TOKEN_SCHEME, [scope]));

/** The route opens to everyone. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata<string, AccessRule>(ACCESS_RULE, { public: true });
