import { applyDecorators, type CustomDecorator, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

/** What a route asks of its caller: a scope, or nothing. A route without a rule is refused. */
export type AccessRule = { scope: string } | { public: true };

export const ACCESS_RULE = 'simpul:access-rule';

/** The name of the security scheme in the OpenAPI documents. */
export const TOKEN_SCHEME = 'token';

/** The route opens to tokens with this scope, for example `push:health`. */
export const Requires = (scope: string): MethodDecorator & ClassDecorator =>
  applyDecorators(setRule({ scope }), ApiSecurity(TOKEN_SCHEME, [scope]));

/** The route opens to everyone. */
export const Public = (): MethodDecorator & ClassDecorator => setRule({ public: true });

/** On a class it is written to each method that has none of its own, as a server sees handlers, not classes. */
function setRule(rule: AccessRule): MethodDecorator & ClassDecorator {
  const set: CustomDecorator = SetMetadata(ACCESS_RULE, rule);
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (key !== undefined && descriptor) return void set(target, key, descriptor);
    const { prototype } = target as { prototype: object };
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === 'function' && value !== target && !Reflect.hasOwnMetadata(ACCESS_RULE, value as object))
        set(value as () => void);
    }
    set(target as () => void);
  };
}
