import { describe, expect, it } from '@jest/globals';
import { BenefitDisbursed, validatorFor } from '@simpul/contracts';
import { BenefitDisbursement } from './benefit-disbursement.js';
import { benefitDisbursementKind } from './benefit-disbursement.kind.js';
import { toBenefitDisbursed } from './benefit-disbursement.to-event.js';

const { examples } = benefitDisbursementKind;

describe('A benefit was paid out', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(BenefitDisbursement)(message)).toBe(true);
    const { time, data } = toBenefitDisbursed(message);
    expect(time).toBe(message.disbursedOn);
    expect(validatorFor(BenefitDisbursed)(data)).toBe(true);
    const {
      reference: _reference,
      revision: _revision,
      recordedAt: _recordedAt,
      disbursedOn: _time,
      ...rest
    } = message;
    expect(data).toEqual(rest);
  });
});
