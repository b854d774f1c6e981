import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS_RULE } from './access-rule.js';

/** Routes of an app that say neither @Requires nor @Public, as `Controller.method`. A test and `--check` want none. */
export function listRoutesWithoutRule(app: INestApplicationContext): string[] {
  const reflector = new Reflector();
  const controllers = new DiscoveryService(app.get(ModulesContainer)).getControllers();
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Record<string, unknown>;
    return new MetadataScanner()
      .getAllMethodNames(prototype)
      .filter((name) => isRoute(prototype[name]))
      .filter((name) => !reflector.getAllAndOverride(ACCESS_RULE, [prototype[name] as () => void, metatype]))
      .map((name) => `${metatype.name}.${name}`);
  });
}

const isRoute = (handler: unknown): boolean =>
  typeof handler === 'function' && RequestMethod[Number(Reflect.getMetadata('method', handler))] !== undefined;
