import { describe, expect, it } from '@jest/globals';
import { ImmunisationGiven, validatorFor } from '@simpul/contracts';
import { Immunisation } from './immunisation.js';
import { immunisationKind } from './immunisation.kind.js';
import { toImmunisationGiven } from './immunisation.to-event.js';

const { examples } = immunisationKind;

describe('One vaccination of a child', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(Immunisation)(message)).toBe(true);
    const { time, data } = toImmunisationGiven(message);
    expect(time).toBe(message.givenAt);
    expect(validatorFor(ImmunisationGiven)(data)).toBe(true);
    const { reference: _reference, revision: _revision, recordedAt: _recordedAt, givenAt: _time, ...rest } = message;
    expect(data).toEqual(rest);
  });
});
