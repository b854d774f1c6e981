const DAY = /^(\d{4})-(\d\d)-(\d\d)$/u;
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[tT\s](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[zZ]|([+-])(\d\d)(?::?(\d\d))?)$/u;
const OFFSET = /^([+-])(\d\d):?(\d\d)$/u;

const MINUTE = 60_000;

/** The default offset of the installation: Asia/Jakarta has no summer time. */
export const JAKARTA_OFFSET = '+07:00';

const signed = (sign: string | undefined, hours: string | undefined, minutes: string | undefined): number =>
  (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;

/** Milliseconds of an offset such as `+07:00`. Throws RangeError for anything else. */
function offsetMs(offset: string): number {
  const parts = OFFSET.exec(offset);
  if (!parts) throw new RangeError('an offset is written as +07:00');
  return signed(parts[1], parts[2], parts[3]);
}

const dayMs = (parts: RegExpExecArray): number => Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));

/**
 * Milliseconds since 1970 of an RFC 3339 instant in all the forms that the schema accepts (leap seconds are the next
 * second; digits beyond milliseconds are cut off). Throws RangeError for anything else.
 */
export function instantMs(instant: string): number {
  const parts = INSTANT.exec(instant);
  if (!parts) throw new RangeError('not an instant with its offset');
  const clock = (Number(parts[4]) * 60 + Number(parts[5])) * MINUTE + Number(parts[6]) * 1000;
  const fraction = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return dayMs(parts) + clock + fraction - signed(parts[8], parts[9], parts[10]);
}

/** Milliseconds since 1970 of a day (00:00 of the installation's zone) or an instant. Throws RangeError for a text that is neither. */
export function dayOrInstantMs(dayOrInstant: string, timeZoneOffset: string = JAKARTA_OFFSET): number {
  const day = DAY.exec(dayOrInstant);
  return day ? dayMs(day) - offsetMs(timeZoneOffset) : instantMs(dayOrInstant);
}

/** The same as UTC text with milliseconds: `2026-11-12T02:14:00.000Z`. */
export const instantOf = (dayOrInstant: string, timeZoneOffset: string = JAKARTA_OFFSET): string =>
  new Date(dayOrInstantMs(dayOrInstant, timeZoneOffset)).toISOString();

/** The calendar day of an instant in the installation's zone: `2024-11-12`. */
export function dayOf(instant: string, timeZoneOffset: string = JAKARTA_OFFSET): string {
  return new Date(instantMs(instant) + offsetMs(timeZoneOffset)).toISOString().slice(0, 10);
}
