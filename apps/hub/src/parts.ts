import type { DynamicModule, Type } from '@nestjs/common';
import { CivilAdapterModule } from '../../adapter-civil/src/civil.module.js';
import { CommunityAdapterModule } from '../../adapter-community/src/community.module.js';
import { EducationAdapterModule } from '../../adapter-education/src/education.module.js';
import { HealthAdapterModule } from '../../adapter-health/src/health.module.js';
import { SocialAdapterModule } from '../../adapter-social/src/social.module.js';
import { IssuerModule } from '../../issuer/src/issuer.module.js';
import { RegistryModule } from '../../registry/src/registry.module.js';

type Part = () => Type | DynamicModule;

const ADAPTERS: Readonly<Record<string, Part>> = {
  civil: () => CivilAdapterModule,
  health: () => HealthAdapterModule,
  education: () => EducationAdapterModule,
  social: () => SocialAdapterModule,
  community: () => CommunityAdapterModule,
};

const PARTS: Readonly<Record<string, Part>> = {
  issuer: () => IssuerModule,
  registry: () => RegistryModule.register(),
  ...ADAPTERS,
};

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  all: Object.keys(PARTS),
  adapters: Object.keys(ADAPTERS),
};

/** The names of the parts that a list such as `adapters,registry` means. Throws for a name that is none. */
export function readParts(list: string): string[] {
  const names = list.split(',').flatMap((name) => GROUPS[name] ?? [name]);
  const stray = names.find((name) => !Object.hasOwn(PARTS, name));
  if (stray !== undefined)
    throw new Error(`${stray} is no part; parts are ${Object.keys({ ...GROUPS, ...PARTS }).join(', ')}`);
  return [...new Set(names)];
}

export const modulesOf = (parts: readonly string[]): (Type | DynamicModule)[] =>
  parts.flatMap((name) => PARTS[name]?.() ?? []);
