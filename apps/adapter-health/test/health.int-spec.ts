import { adapterExam } from '@simpul/testing';
import { growthMeasurementKind } from '../src/growth-measurement/growth-measurement.kind.js';
import { immunisationKind } from '../src/immunisation/immunisation.kind.js';
import { HealthAdapterModule } from '../src/health.module.js';

adapterExam({ sector: 'health', module: HealthAdapterModule, kinds: [growthMeasurementKind, immunisationKind] });
