import { describe, expect, it } from '@jest/globals';
import { FeedbackSubmitted, validatorFor } from '@simpul/contracts';
import { Feedback } from './feedback.js';
import { feedbackKind } from './feedback.kind.js';
import { toFeedbackSubmitted } from './feedback.to-event.js';

const { examples } = feedbackKind;

describe('A resident said something', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(Feedback)(message)).toBe(true);
    const { time, data } = toFeedbackSubmitted(message);
    expect(time).toBe(message.submittedAt);
    expect(validatorFor(FeedbackSubmitted)(data)).toBe(true);
    const {
      reference: _reference,
      revision: _revision,
      recordedAt: _recordedAt,
      submittedAt: _time,
      ...rest
    } = message;
    expect(data).toEqual(rest);
  });
});
