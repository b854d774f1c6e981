import { toBareDigits } from './digits.js';
import { isKnownArea } from './nik-area.js';
import { isNikDay, normaliseNik, readNik } from './nik.js';
import type { NikReading } from './nik.js';

const LEVELS = {
  'nik.json_number': 'error',
  'nik.sci_notation': 'error',
  'nik.format': 'error',
  'nik.placeholder': 'error',
  'nik.serial_zero': 'error',
  'nik.day': 'error',
  'nik.date': 'error',
  'nik.kk_swapped': 'warn',
  'nik.area_unknown': 'warn',
  'nik.dob_mismatch': 'warn',
  'nik.sex_mismatch': 'warn',
  'nik.status_inactive': 'warn',
  'nik.century_ambiguous': 'info',
} as const;

export type NikCode = keyof typeof LEVELS;
export type FindingLevel = 'error' | 'warn' | 'info';

export interface NikFinding {
  code: NikCode;
  level: FindingLevel;
}

/** What is stated beside the NIK. Everything left out is not compared. */
export interface NikContext {
  /** The moment of judgement: the event's recorded time, never now, so that a replay judges alike. */
  on: Date;
  /** `YYYY-MM-DD` */
  birthDate?: string | undefined;
  sex?: 'F' | 'M' | undefined;
  /** The number of the family card in the same record. */
  kk?: string | undefined;
  /** The civil registry's status of this NIK. */
  status?: string | undefined;
}

const SPREADSHEET_NUMBER = /^\d([.,]\d+)?E\+15$/i;
const ACTIVE = new Set(['active', 'reactivated']);
const DUMMIES = new Set(['1234567890123456', '0123456789012345', '1234567812345678', '9876543210987654']);

/**
 * Findings on one NIK as it was received, in the order errors, warnings, information; empty when nothing is wrong.
 * Only an `error` keeps the number from being used. There is no check digit: a wrong serial number is not found.
 * Layout: UU 23/2006, PP 37/2007 art. 37, PP 40/2019 art. 30.
 */
export function nikFindings(value: unknown, context: NikContext): NikFinding[] {
  return codesOf(value, context).map((code) => ({ code, level: LEVELS[code] }));
}

function codesOf(value: unknown, context: NikContext): NikCode[] {
  if (typeof value === 'number') return ['nik.json_number'];
  if (typeof value !== 'string') return ['nik.format'];
  if (SPREADSHEET_NUMBER.test(value.trim())) return ['nik.sci_notation'];
  const digits = normaliseNik(value);
  const swapped: NikCode[] = isKkSwapped(digits, context.kk) ? ['nik.kk_swapped'] : [];
  if (!/^\d{16}$/.test(digits)) return ['nik.format', ...swapped];
  if (isPlaceholder(digits)) return ['nik.placeholder', ...swapped];
  const reading = readNik(digits, context.on);
  return [...digitErrors(digits, reading), ...swapped, ...statedWarnings(digits, reading, context)];
}

function digitErrors(digits: string, reading: NikReading | undefined): NikCode[] {
  const errors: NikCode[] = [];
  if (digits.endsWith('0000')) errors.push('nik.serial_zero');
  if (!isNikDay(digits.slice(6, 8))) errors.push('nik.day');
  else if (!reading) errors.push('nik.date');
  return errors;
}

function isPlaceholder(digits: string): boolean {
  return /^(\d)\1{15}$/.test(digits) || digits.slice(6, 12) === '000000' || DUMMIES.has(digits);
}

function statedWarnings(digits: string, reading: NikReading | undefined, context: NikContext): NikCode[] {
  const codes: NikCode[] = isKnownArea(digits.slice(0, 6)) ? [] : ['nik.area_unknown'];
  if (context.status !== undefined && !ACTIVE.has(context.status)) codes.push('nik.status_inactive');
  return reading ? [...codes, ...doubtsAbout(reading, context)] : codes;
}

function doubtsAbout(reading: NikReading, { birthDate, sex }: NikContext): NikCode[] {
  const doubts: NikCode[] = [];
  const agrees = birthDate !== undefined && reading.birthDates.includes(birthDate);
  if (birthDate !== undefined && !agrees) doubts.push('nik.dob_mismatch');
  if (sex !== undefined && sex !== reading.sex) doubts.push('nik.sex_mismatch');
  if (reading.birthDates.length > 1 && !agrees) doubts.push('nik.century_ambiguous');
  return doubts;
}

// Only the comparison can tell: a family card has the same layout with a narrower day, so a number that fails the
// date rules of a NIK fails those of a card too.
function isKkSwapped(digits: string, kk: string | undefined): boolean {
  if (kk === undefined || digits === '') return false;
  const card = toBareDigits(kk);
  return card.length === 16 && isWithinOneEdit(digits, card);
}

function isWithinOneEdit(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  if (left.length === right.length) return left.slice(start + 1) === right.slice(start + 1);
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.slice(start) === long.slice(start + 1);
}

/**
 * Whether a column of NIKs went through a spreadsheet as numbers, which keep 15 digits: in a file of at least 30 rows
 * more than a fifth of the 16-digit values end in 0 (a tenth is expected). About the file only: no NIK is judged by it.
 */
export function isTruncatedColumn(values: readonly string[]): boolean {
  if (values.length < 30) return false;
  const ended = values.filter((value) => /^\d{15}0$/.test(normaliseNik(value)));
  return ended.length > values.length / 5;
}
