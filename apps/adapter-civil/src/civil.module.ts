import { AdapterModule } from '@simpul/adapter-kit';
import { Module } from '@nestjs/common';
import { CivilConfig } from './config.js';
import { birthRegistrationKind } from './birth-registration/birth-registration.kind.js';
import { deathRegistrationKind } from './death-registration/death-registration.kind.js';
import { familyCardChangeKind } from './family-card-change/family-card-change.kind.js';

@Module({
  imports: [
    AdapterModule.register({
      sector: 'civil',
      kinds: [birthRegistrationKind, deathRegistrationKind, familyCardChangeKind],
      config: CivilConfig,
    }),
  ],
})
export class CivilAdapterModule {}
