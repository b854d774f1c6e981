import { toData } from '@simpul/adapter-kit';
import type { GrowthMeasured } from '@simpul/contracts';
import type { GrowthMeasurement } from './growth-measurement.js';

/** The event's data are the message's own fields; its date is `measuredAt`. */
export const toGrowthMeasured = (message: GrowthMeasurement): { time: string; data: GrowthMeasured } => ({
  time: message.measuredAt,
  data: toData(message, 'measuredAt'),
});
