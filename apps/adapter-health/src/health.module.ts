import { AdapterModule } from '@simpul/adapter-kit';
import { Module } from '@nestjs/common';
import { HealthConfig } from './config.js';
import { growthMeasurementKind } from './growth-measurement/growth-measurement.kind.js';
import { immunisationKind } from './immunisation/immunisation.kind.js';

@Module({
  imports: [
    AdapterModule.register({
      sector: 'health',
      kinds: [growthMeasurementKind, immunisationKind],
      config: HealthConfig,
    }),
  ],
})
export class HealthAdapterModule {}
