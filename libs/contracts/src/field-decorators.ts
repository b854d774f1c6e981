import {
  codeCheck,
  formatCheck,
  isDay,
  isInstant,
  isNumber,
  isPlainObject,
  isText,
  itemsChecks,
  OBJECT_EXPECTED,
  objectsCheck,
  patternCheck,
  rangeChecks,
  textChecks,
  typeCheck,
} from './field-check.js';
import type { Class } from './field-info.js';
import { field, type FieldOptions, identifiesWhole } from './field.js';
import type { Words } from './words.js';

/** Free text of `min` (1) to `max` code points. Identifies unless said otherwise. */
export function Text(o: FieldOptions & { min?: number; max: number; pattern?: RegExp }): PropertyDecorator {
  const { min = 1, max, pattern } = o;
  return field(o, {
    kind: 'text',
    schema: { type: 'string', minLength: min, maxLength: max, ...(pattern && { pattern: pattern.source }) },
    checks: [...textChecks(min, max), ...(pattern ? [patternCheck(pattern)] : [])],
    identifies: true,
  });
}

type CodeOptions = FieldOptions & {
  /** The closed list; with words where people read the codes. */
  values?: readonly string[] | Readonly<Record<string, Words>>;
  /** Or an open list of a known form, of at most `max` (64) characters. */
  pattern?: RegExp;
  max?: number;
  name?: string;
};

const valuesOf = (values: NonNullable<CodeOptions['values']>): readonly string[] =>
  Array.isArray(values) ? (values as readonly string[]) : Object.keys(values);

const codesOf = (values: CodeOptions['values']): { codes?: Readonly<Record<string, Words>> } =>
  values === undefined || Array.isArray(values) ? {} : { codes: values as Readonly<Record<string, Words>> };

/** A code of a closed list, or of a known form. Does not identify unless said otherwise. */
export function Code(o: CodeOptions): PropertyDecorator {
  const { values, pattern, max = 64 } = o;
  if (values !== undefined) {
    const list = valuesOf(values);
    return field(o, {
      kind: 'code',
      schema: { type: 'string', enum: [...list] },
      checks: [typeCheck(isText, { en: 'must be text', id: 'harus berupa teks' }), codeCheck(list)],
      identifies: false,
      ...codesOf(values),
    });
  }
  if (pattern === undefined) throw new TypeError('a code needs values or a pattern');
  return field(o, {
    kind: 'code',
    schema: { type: 'string', minLength: 1, maxLength: max, pattern: pattern.source },
    checks: [...textChecks(1, max), patternCheck(pattern)],
    identifies: false,
  });
}

/** Years that a record of a living memory can name, and no endless fractions: dates must fit every calendar we use. */
const DAY_YEARS = /^(?:1[89]|2[01])\d\d-.{1,31}$/u;

/** A calendar day `YYYY-MM-DD` of 1800 to 2199, in the installation's time zone. */
export function Day(o: FieldOptions): PropertyDecorator {
  return field(o, {
    kind: 'day',
    schema: { type: 'string', format: 'date', pattern: DAY_YEARS.source },
    checks: [
      typeCheck(isText, { en: 'must be text', id: 'harus berupa teks' }),
      formatCheck((text) => isDay(text) && DAY_YEARS.test(text), {
        en: 'must be a real date, as 2026-11-24',
        id: 'harus tanggal yang benar, misalnya 2026-11-24',
      }),
    ],
    identifies: false,
  });
}

/** A moment with its offset, as RFC 3339 writes it: `2026-11-24T09:14:00+07:00`; years 1800 to 2199. */
export function Instant(o: FieldOptions & { years?: RegExp }): PropertyDecorator {
  const { years = DAY_YEARS } = o;
  return field(o, {
    kind: 'instant',
    schema: { type: 'string', format: 'date-time', pattern: years.source },
    checks: [
      typeCheck(isText, { en: 'must be text', id: 'harus berupa teks' }),
      formatCheck((text) => isInstant(text) && years.test(text), {
        en: 'must be a time with its offset, as 2026-11-24T09:14:00+07:00',
        id: 'harus waktu lengkap dengan selisih zonanya, misalnya 2026-11-24T09:14:00+07:00',
      }),
    ],
    identifies: false,
  });
}

/** A whole number from `min` to `max`. */
export function Whole(o: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(o, {
    kind: 'whole',
    schema: { type: 'integer', minimum: o.min, maximum: o.max },
    checks: [
      typeCheck(Number.isInteger, { en: 'must be a whole number', id: 'harus bilangan bulat' }),
      ...rangeChecks(o.min, o.max),
    ],
    identifies: false,
  });
}

/** A measured number in a unit, from `min` to `max`. */
export function Quantity(o: FieldOptions & { unit: string; min: number; max: number }): PropertyDecorator {
  return field(o, {
    kind: 'quantity',
    schema: { type: 'number', minimum: o.min, maximum: o.max },
    checks: [
      typeCheck(isNumber, { en: 'must be a number', id: 'harus berupa angka' }),
      ...rangeChecks(o.min, o.max, ` ${o.unit}`),
    ],
    identifies: false,
    unit: o.unit,
  });
}

/** Yes or no. */
export function Flag(o: FieldOptions): PropertyDecorator {
  return field(o, {
    kind: 'flag',
    schema: { type: 'boolean' },
    checks: [
      typeCheck((value) => typeof value === 'boolean', { en: 'must be true or false', id: 'harus true atau false' }),
    ],
    identifies: false,
  });
}

/** An object of another contract class. `role`: what the person or family in it is to the event; the field's name if absent. */
export function Part(part: Class, o: FieldOptions & { role?: string }): PropertyDecorator {
  return field(o, {
    kind: 'part',
    schema: {},
    checks: [typeCheck(isPlainObject, OBJECT_EXPECTED)],
    identifies: identifiesWhole(part),
    part,
    ...(o.role !== undefined && { role: o.role }),
  });
}

/** A list of `min` (0) to `max` objects of another contract class. */
export function ListOf(part: Class, o: FieldOptions & { min?: number; max: number; role?: string }): PropertyDecorator {
  const { min = 0, max } = o;
  return field(o, {
    kind: 'list',
    schema: { minItems: min, maxItems: max },
    checks: [...itemsChecks(min, max), objectsCheck],
    identifies: identifiesWhole(part),
    part,
    list: true,
    ...(o.role !== undefined && { role: o.role }),
  });
}
