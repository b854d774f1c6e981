import { toData } from '@simpul/adapter-kit';
import type { PupilEnrolled } from '@simpul/contracts';
import type { PupilEnrolment } from './pupil-enrolment.js';

/** The event's data are the message's own fields; its date is `entryDate`. */
export const toPupilEnrolled = (message: PupilEnrolment): { time: string; data: PupilEnrolled } => ({
  time: message.entryDate,
  data: toData(message, 'entryDate'),
});
