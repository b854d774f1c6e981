import { describe, expect, it } from '@jest/globals';
import { PupilEnrolled, validatorFor } from '@simpul/contracts';
import { PupilEnrolment } from './pupil-enrolment.js';
import { pupilEnrolmentKind } from './pupil-enrolment.kind.js';
import { toPupilEnrolled } from './pupil-enrolment.to-event.js';

const { examples } = pupilEnrolmentKind;

describe('A pupil is enrolled at a school', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(PupilEnrolment)(message)).toBe(true);
    const { time, data } = toPupilEnrolled(message);
    expect(time).toBe(message.entryDate);
    expect(validatorFor(PupilEnrolled)(data)).toBe(true);
    const { reference: _reference, revision: _revision, recordedAt: _recordedAt, entryDate: _time, ...rest } = message;
    expect(data).toEqual(rest);
  });
});
