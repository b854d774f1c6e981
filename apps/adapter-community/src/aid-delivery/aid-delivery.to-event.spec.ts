import { describe, expect, it } from '@jest/globals';
import { AidDelivered, validatorFor } from '@simpul/contracts';
import { AidDelivery } from './aid-delivery.js';
import { aidDeliveryKind } from './aid-delivery.kind.js';
import { toAidDelivered } from './aid-delivery.to-event.js';

const { examples } = aidDeliveryKind;

describe('A partner delivered aid', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(AidDelivery)(message)).toBe(true);
    const { time, data } = toAidDelivered(message);
    expect(time).toBe(message.deliveredOn);
    expect(validatorFor(AidDelivered)(data)).toBe(true);
    const {
      reference: _reference,
      revision: _revision,
      recordedAt: _recordedAt,
      deliveredOn: _time,
      ...rest
    } = message;
    expect(data).toEqual(rest);
  });
});
