import { describe, expect, it } from '@jest/globals';
import { BirthRegistered, validatorFor } from '@simpul/contracts';
import { BirthRegistration } from './birth-registration.js';
import { birthRegistrationKind } from './birth-registration.kind.js';
import { toBirthRegistered } from './birth-registration.to-event.js';

const { examples } = birthRegistrationKind;

describe('A birth was registered', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(BirthRegistration)(message)).toBe(true);
    const { time, data } = toBirthRegistered(message);
    expect(time).toBe(message.bornOn);
    expect(validatorFor(BirthRegistered)(data)).toBe(true);
    const { reference: _reference, revision: _revision, recordedAt: _recordedAt, bornOn: _time, ...rest } = message;
    expect(data).toEqual(rest);
  });
});
