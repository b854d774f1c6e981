import type { DynamicModule } from '@nestjs/common';
import { AdapterModule } from '@simpul/adapter-kit';
import { growthMeasurementKind } from './growth-measurement/growth-measurement.kind.js';
import { immunisationKind } from './immunisation/immunisation.kind.js';
import { HealthConfig } from './config.js';

/** Health centres and posyandu push measurements and vaccinations here. */
export const HealthAdapterModule = {
  register: (): DynamicModule =>
    AdapterModule.register({
      sector: 'health',
      kinds: [growthMeasurementKind, immunisationKind],
      config: HealthConfig,
    }),
};
