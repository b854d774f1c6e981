import type { DynamicModule } from '@nestjs/common';
import { AdapterModule } from '@simpul/adapter-kit';
import { birthRegistrationKind } from './birth-registration/birth-registration.kind.js';
import { deathRegistrationKind } from './death-registration/death-registration.kind.js';
import { familyCardChangeKind } from './family-card-change/family-card-change.kind.js';
import { CivilConfig } from './config.js';

/** The civil registry (Dukcapil) pushes family cards, births and deaths here. */
export const CivilAdapterModule = {
  register: (): DynamicModule =>
    AdapterModule.register({
      sector: 'civil',
      kinds: [familyCardChangeKind, birthRegistrationKind, deathRegistrationKind],
      config: CivilConfig,
    }),
};
