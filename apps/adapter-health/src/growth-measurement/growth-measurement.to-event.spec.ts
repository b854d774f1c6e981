import { describe, expect, it } from '@jest/globals';
import { digestOf, GrowthMeasured, validatorFor } from '@simpul/contracts';
import { GrowthMeasurement } from './growth-measurement.js';
import { growthMeasurementKind } from './growth-measurement.kind.js';
import { toGrowthMeasured } from './growth-measurement.to-event.js';

const { examples } = growthMeasurementKind;

describe('One weighing and measuring of a child', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(GrowthMeasurement)(message)).toBe(true);
    const { time, data } = toGrowthMeasured(message);
    expect(time).toBe(message.measuredAt);
    expect(validatorFor(GrowthMeasured)(data)).toBe(true);
    const { reference: _reference, revision: _revision, recordedAt: _recordedAt, measuredAt: _time, ...rest } = message;
    expect(data).toEqual(rest);
  });

  it('keeps the published sample to the letter: digest of the message and data of the event', () => {
    const message = examples[0]?.message;
    expect(message && digestOf(message)).toBe('2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50');
    const data = message && toGrowthMeasured(message).data;
    const payload = { digest: '2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50', data };
    expect(JSON.stringify(payload)).toHaveLength(476);
  });
});
