import { type FieldError, instantMs, instantOf, ProblemError } from '@simpul/contracts';
import type { Message } from './kind.js';
import { LIMITS } from './limits.js';

/** UTC with milliseconds. `recorded` is the agency's own time of writing, else the time of the fact; never ours. */
export interface EventTimes {
  time: string;
  recorded: string;
}

export interface TimeContext {
  now: number;
  timeZoneOffset: string;
  timeField: string;
}

const AHEAD = {
  en: 'lies more than 5 minutes ahead of our clock',
  id: 'lebih dari 5 menit di depan jam kami',
};

/** The times of the event, or the problem of those that lie in the future. `time`: a day or an instant. */
export function readTimes(message: Message, time: string, context: TimeContext): EventTimes | ProblemError {
  const { revision, recordedAt } = message;
  const utc = instantOf(time, context.timeZoneOffset);
  const stated: [string, string | undefined][] = [
    [context.timeField, utc],
    ['recordedAt', recordedAt],
    ['revision', typeof revision === 'string' ? revision : undefined],
  ];
  const latest = context.now + LIMITS.aheadMs;
  const errors = stated.flatMap(([name, instant]): FieldError[] =>
    instant !== undefined && instantMs(instant) > latest
      ? [{ pointer: `/${name}`, code: 'time.future', detail: AHEAD }]
      : [],
  );
  if (errors.length > 0) return new ProblemError('time.future', { errors });
  return { time: utc, recorded: recordedAt === undefined ? utc : instantOf(recordedAt) };
}
