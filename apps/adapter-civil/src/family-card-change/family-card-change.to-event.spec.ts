import { describe, expect, it } from '@jest/globals';
import { FamilyChanged, validatorFor } from '@simpul/contracts';
import { FamilyCardChange } from './family-card-change.js';
import { familyCardChangeKind } from './family-card-change.kind.js';
import { toFamilyChanged } from './family-card-change.to-event.js';

const { examples } = familyCardChangeKind;

describe('A family card was issued or changed', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(FamilyCardChange)(message)).toBe(true);
    const { time, data } = toFamilyChanged(message);
    expect(time).toBe(message.changedOn);
    expect(validatorFor(FamilyChanged)(data)).toBe(true);
    const { reference: _reference, revision: _revision, recordedAt: _recordedAt, changedOn: _time, ...rest } = message;
    expect(data).toEqual(rest);
  });
});
