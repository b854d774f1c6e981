import { describe, expect, it } from '@jest/globals';
import { DeathRegistered, validatorFor } from '@simpul/contracts';
import { DeathRegistration } from './death-registration.js';
import { deathRegistrationKind } from './death-registration.kind.js';
import { toDeathRegistered } from './death-registration.to-event.js';

const { examples } = deathRegistrationKind;

describe('A death was registered', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(DeathRegistration)(message)).toBe(true);
    const { time, data } = toDeathRegistered(message);
    expect(time).toBe(message.diedOn);
    expect(validatorFor(DeathRegistered)(data)).toBe(true);
    const { reference: _reference, revision: _revision, recordedAt: _recordedAt, diedOn: _time, ...rest } = message;
    expect(data).toEqual(rest);
  });
});
