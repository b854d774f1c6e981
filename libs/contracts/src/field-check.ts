import formats from 'ajv-formats/dist/formats.js';
import type { Words } from './words.js';

/** One rule on a present value. `ok` passes whatever is not its business: a wrong type is told once, by the rule `type`. */
export interface Check {
  code: string;
  ok: (value: unknown) => boolean;
  detail: Words;
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const OBJECT_EXPECTED: Words = { en: 'must be an object', id: 'harus berupa objek' };

const about =
  <T>(is: (value: unknown) => value is T, ok: (value: T) => boolean) =>
  (value: unknown): boolean =>
    !is(value) || ok(value);

export const typeCheck = (ok: (value: unknown) => boolean, detail: Words): Check => ({
  code: 'type',
  ok: (value) => value === undefined || ok(value),
  detail,
});

export const requiredCheck: Check = {
  code: 'required',
  ok: (value) => value !== undefined,
  detail: { en: 'is required', id: 'wajib diisi' },
};

/** Code points, as JSON Schema counts; a text too long by any count is not counted at all. */
const lengthOf = (text: string, max: number): number => (text.length > max * 2 ? text.length : Array.from(text).length);

export const textChecks = (min: number, max: number): Check[] => [
  typeCheck(isText, { en: 'must be text', id: 'harus berupa teks' }),
  {
    code: 'min-length',
    ok: about(isText, (text) => lengthOf(text, max) >= min),
    detail: { en: `must have at least ${min} characters`, id: `minimal ${min} karakter` },
  },
  {
    code: 'max-length',
    ok: about(isText, (text) => lengthOf(text, max) <= max),
    detail: { en: `must have at most ${max} characters`, id: `maksimal ${max} karakter` },
  },
];

export function patternCheck(pattern: RegExp): Check {
  if (pattern.flags !== 'u') throw new TypeError(`${pattern} needs the flag u: JSON Schema compiles patterns so`);
  const { source } = pattern;
  return {
    code: 'pattern',
    ok: about(isText, (text) => pattern.test(text)),
    detail: { en: `must match ${source}`, id: `harus sesuai pola ${source}` },
  };
}

export const codeCheck = (values: readonly string[]): Check => ({
  code: 'code',
  ok: about(isText, (text) => values.includes(text)),
  detail: { en: `must be one of: ${values.join(', ')}`, id: `harus salah satu dari: ${values.join(', ')}` },
});

export const rangeChecks = (min: number, max: number, unit = ''): Check[] => [
  {
    code: 'min',
    ok: about(isNumber, (number) => number >= min),
    detail: { en: `must be at least ${min}${unit}`, id: `paling sedikit ${min}${unit}` },
  },
  {
    code: 'max',
    ok: about(isNumber, (number) => number <= max),
    detail: { en: `must be at most ${max}${unit}`, id: `paling banyak ${max}${unit}` },
  },
];

/** The very functions that ajv uses, so that both sides agree on 29 February and on leap seconds. */
function formatFunction(name: 'date' | 'date-time'): (text: string) => boolean {
  const format: unknown = formats.fullFormats[name];
  if (typeof format === 'function') return format as (text: string) => boolean;
  return (format as { validate: (text: string) => boolean }).validate;
}
/** `YYYY-MM-DD` that exists in the calendar. */
export const isDay = formatFunction('date');
export const isInstant = formatFunction('date-time');

export const formatCheck = (ok: (text: string) => boolean, detail: Words): Check => ({
  code: 'format',
  ok: about(isText, ok),
  detail,
});

/** A list inside a list has no wrong member, so nothing else would refuse it. */
export const objectsCheck: Check = {
  code: 'items',
  ok: (value) => !Array.isArray(value) || value.every(isPlainObject),
  detail: OBJECT_EXPECTED,
};

export const itemsChecks = (min: number, max: number): Check[] => [
  typeCheck(Array.isArray, { en: 'must be a list', id: 'harus berupa daftar' }),
  {
    code: 'min-items',
    ok: (value) => !Array.isArray(value) || value.length >= min,
    detail: { en: `must have at least ${min} items`, id: `minimal ${min} butir` },
  },
  {
    code: 'max-items',
    ok: (value) => !Array.isArray(value) || value.length <= max,
    detail: { en: `must have at most ${max} items`, id: `maksimal ${max} butir` },
  },
];
