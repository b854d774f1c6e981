import { isDay } from '@simpul/contracts';

import { toBareDigits } from './digits.js';

/** What the digits of a NIK say. Birth dates are `YYYY-MM-DD`, oldest first; two where the century is open. */
export interface NikReading {
  /** Province, regency and district of the first registration, not of residence. */
  area: string;
  sex: 'F' | 'M';
  birthDates: string[];
}

const CENTURIES = ['19', '20'];
const OLDEST_YEARS = 125;
const EASTERN_INDONESIA_MS = 9 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const NIK_SHAPE = /^\d{16}$/;

/** Unicode digits to ASCII, without spaces, dots, dashes and a leading apostrophe. Does not check anything. */
export function normaliseNik(value: string): string {
  return toBareDigits(value);
}

/**
 * Reads a normalised NIK (PP 37/2007 art. 37): area, sex and the possible birth dates as of `on`. `undefined` when it
 * is not 16 digits, or has no day or date that can be. The serial number is not looked at.
 */
export function readNik(digits: string, on: Date): NikReading | undefined {
  if (!NIK_SHAPE.test(digits) || !isNikDay(digits.slice(6, 8))) return undefined;
  const shownDay = Number(digits.slice(6, 8));
  const isFemale = shownDay > 40;
  const day = isFemale ? shownDay - 40 : shownDay;
  const ending = `${digits.slice(10, 12)}-${digits.slice(8, 10)}-${day < 10 ? '0' : ''}${day}`;
  const birthDates = possibleBirthDates(ending, on);
  return birthDates.length > 0 ? { area: digits.slice(0, 6), sex: isFemale ? 'F' : 'M', birthDates } : undefined;
}

/** The two digits of the day: 01–31 for men, 41–71 for women. */
export function isNikDay(dayPart: string): boolean {
  const day = Number(dayPart);
  return (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
}

// The day is the one that has begun anywhere in Indonesia (UTC+9), so that no newborn of the east is refused at night
// and every process judges alike, whatever its time zone.
function possibleBirthDates(ending: string, on: Date): string[] {
  const { today, oldest } = boundsOf(Math.floor((on.getTime() + EASTERN_INDONESIA_MS) / DAY_MS));
  return CENTURIES.map((century) => century + ending).filter((date) => date >= oldest && date <= today && isDay(date));
}

interface BirthDateBounds {
  today: string;
  oldest: string;
}

const KEPT_DAYS = 1_000;
const boundsByDay = new Map<number, BirthDateBounds>();

/** Of a day since 1970. Written once: the numbers of a batch are judged on few days. */
function boundsOf(day: number): BirthDateBounds {
  const known = boundsByDay.get(day);
  if (known) return known;
  const today = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const bounds = { today, oldest: `${Number(today.slice(0, 4)) - OLDEST_YEARS}${today.slice(4)}` };
  if (boundsByDay.size === KEPT_DAYS) boundsByDay.clear();
  boundsByDay.set(day, bounds);
  return bounds;
}
