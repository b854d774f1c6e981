import { type FieldError, dayOrInstantMs, instantMs, ProblemError } from '@simpul/contracts';
import type { Message } from './kind.js';
import { LIMITS } from './limits.js';

/** Milliseconds. `recorded` is the agency's own time of writing, else the time of the fact; never ours. */
export interface EventTimes {
  time: number;
  recorded: number;
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
  const told = dayOrInstantMs(time, context.timeZoneOffset);
  const recorded = recordedAt === undefined ? undefined : instantMs(recordedAt);
  const stated: [string, number | undefined][] = [
    [context.timeField, told],
    ['recordedAt', recorded],
    ['revision', typeof revision === 'string' ? instantMs(revision) : undefined],
  ];
  const latest = context.now + LIMITS.aheadMs;
  const errors = stated.flatMap(([name, ms]): FieldError[] =>
    ms !== undefined && ms > latest ? [{ pointer: `/${name}`, code: 'time.future', detail: AHEAD }] : [],
  );
  if (errors.length > 0) return new ProblemError('time.future', { errors });
  return { time: told, recorded: recorded ?? told };
}
