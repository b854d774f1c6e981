import { adapterExam } from '@simpul/testing';
import { birthRegistrationKind } from '../src/birth-registration/birth-registration.kind.js';
import { deathRegistrationKind } from '../src/death-registration/death-registration.kind.js';
import { familyCardChangeKind } from '../src/family-card-change/family-card-change.kind.js';
import { CivilAdapterModule } from '../src/civil.module.js';

adapterExam({
  sector: 'civil',
  module: CivilAdapterModule,
  kinds: [birthRegistrationKind, deathRegistrationKind, familyCardChangeKind],
});
