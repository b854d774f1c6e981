import { digestOf, eventId, type FieldError, ProblemError, revisionOf } from '@simpul/contracts';
import { checkMessage } from './item-check.js';
import { type EventTimes, readTimes, type TimeContext } from './item-times.js';
import { listWarnings } from './item-warnings.js';
import { FRAME, type Kind, type Message } from './kind.js';
import type { Warning } from './outcome.js';

/** An item that nothing is wrong with. */
export class GoodItem {
  private madeDigest: string | undefined;

  constructor(
    readonly id: string,
    readonly message: Message,
    readonly event: { data: object; times: EventTimes },
    readonly warnings: readonly Warning[],
  ) {}

  /** Tells whether another item says the same. Made when it is asked for, as it costs as much as all checks together. */
  get digest(): string {
    return (this.madeDigest ??= digestOf(this.message));
  }
}

export interface RefusedItem {
  id?: string;
  problem: ProblemError;
}

/** A list this long may have been cut before it came to the frame. */
const CUT_AT = 100;

const idOf = (kind: Kind, message: Message): string => eventId(kind.name, message.reference, revisionOf(message));

/** The id of a refused message, where reference and revision at least are sound. */
function findId(kind: Kind, value: unknown, errors: readonly FieldError[]): string | undefined {
  const isUnsound =
    errors.length >= CUT_AT || errors.some(({ pointer }) => pointer === '' || FRAME.has(pointer.slice(1)));
  return isUnsound ? undefined : idOf(kind, value as Message);
}

function refuse(problem: ProblemError, id: string | undefined): RefusedItem {
  return id === undefined ? { problem } : { id, problem };
}

/** Pure: a value as it was sent, judged by all rules at `now` (milliseconds). */
export function judgeItem(
  kind: Kind,
  value: unknown,
  context: Pick<TimeContext, 'now' | 'timeZoneOffset'>,
): GoodItem | RefusedItem {
  const message = checkMessage(kind, value);
  if (message instanceof ProblemError) return refuse(message, findId(kind, value, message.errors ?? []));
  const id = idOf(kind, message);
  const { time, data } = kind.toEvent(message);
  const { now, timeZoneOffset } = context;
  const times = readTimes(message, time, { now, timeZoneOffset, timeField: kind.timeField });
  if (times instanceof ProblemError) return refuse(times, id);
  const kk = kind.event.families(data)[0]?.family.familyCard;
  const warnings = listWarnings(kind.event.people(data), new Date(times.recorded), kk);
  return new GoodItem(id, message, { data, times }, warnings);
}
