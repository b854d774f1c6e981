import { toData } from '@simpul/adapter-kit';
import type { FeedbackSubmitted } from '@simpul/contracts';
import type { Feedback } from './feedback.js';

/** The event's data are the message's own fields; its date is `submittedAt`. */
export const toFeedbackSubmitted = (message: Feedback): { time: string; data: FeedbackSubmitted } => ({
  time: message.submittedAt,
  data: toData(message, 'submittedAt'),
});
