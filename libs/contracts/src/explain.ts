import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { isPlainObject, OBJECT_EXPECTED } from './field-check.js';
import type { Class } from './field-info.js';
import { validatorFor } from './validator.js';
import type { Words } from './words.js';

/** What is wrong with one field: RFC 6901 pointer into the item, a code, and words that never repeat the value. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: Words;
}

const UNKNOWN_FIELD: Words = { en: 'is not a field of this message', id: 'bukan isian dari pesan ini' };
const TOO_DEEP: Words = { en: 'is nested too deeply', id: 'bersarang terlalu dalam' };
const TOO_MANY: Words = { en: 'has too many members', id: 'memiliki terlalu banyak anggota' };
const NOT_ACCEPTED: Words = { en: 'does not fit the schema', id: 'tidak sesuai dengan skema' };

/** More than this helps nobody and makes an answer larger than its question. */
const MOST_ERRORS = 100;
/** What is nested deeper is no message, and would exhaust the stack of whatever looks into it. */
const MOST_LEVELS = 32;
/** Looking at each member takes some 10 µs, in which nobody else is served. */
const MOST_MEMBERS = 20_000;

const escapeSegment = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

/** Each item of a list that should be an object and is none. */
const itemErrors = (pointer: string, list: unknown): FieldError[] =>
  (Array.isArray(list) ? (list as unknown[]) : []).flatMap((item, index) =>
    isPlainObject(item) ? [] : [{ pointer: `${pointer}/${index}`, code: 'type', detail: OBJECT_EXPECTED }],
  );

function errorsOf(pointer: string, name: string, found: ValidationError): FieldError[] {
  if (name === 'whitelistValidation') return [{ pointer, code: 'unknown-field', detail: UNKNOWN_FIELD }];
  if (name === 'items') return itemErrors(pointer, found.value);
  return [{ pointer, code: name, detail: (found.contexts?.[name] as Words | undefined) ?? NOT_ACCEPTED }];
}

function flatten(found: ValidationError, parent: string): FieldError[] {
  const pointer = `${parent}/${escapeSegment(found.property)}`;
  const names = Object.keys(found.constraints ?? {});
  // Of a missing value or a wrong type nothing more can be said.
  const decisive = names.find((name) => name === 'required' || name === 'type');
  if (decisive) return errorsOf(pointer, decisive, found);
  // class-validator looks into items that are no objects too; those are told by the rule `items`.
  const children = (found.children ?? []).filter(({ value }) => !Array.isArray(found.value) || isPlainObject(value));
  return [
    ...names.flatMap((name) => errorsOf(pointer, name, found)),
    ...children.flatMap((child) => flatten(child, pointer)),
  ];
}

/** The error of a value too deep or too large to be looked at in detail. */
function findExcess(value: unknown): FieldError | undefined {
  let members = 0;
  const look = (part: unknown, levels: number): FieldError | undefined => {
    if (typeof part !== 'object' || part === null) return undefined;
    if (levels === 0) return { pointer: '', code: 'depth', detail: TOO_DEEP };
    const inner: unknown[] = Object.values(part);
    members += inner.length;
    if (members > MOST_MEMBERS) return { pointer: '', code: 'members', detail: TOO_MANY };
    for (const one of inner) {
      const found = look(one, levels - 1);
      if (found) return found;
    }
    return undefined;
  };
  return look(value, MOST_LEVELS);
}

/** Unknown fields with a name that every object inherits: class-validator takes those for known. */
function inheritedNames(value: unknown, parent = ''): FieldError[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const pointer = `${parent}/${escapeSegment(name)}`;
    return name in Object.prototype
      ? [{ pointer, code: 'unknown-field', detail: UNKNOWN_FIELD }]
      : inheritedNames(inner, pointer);
  });
}

/** As many of all as are told, without those inside of a member that is an error itself. */
function join(all: readonly FieldError[], more: readonly FieldError[]): FieldError[] {
  const found = all.slice(0, MOST_ERRORS);
  const isInside = ({ pointer }: FieldError): boolean => found.some((one) => pointer.startsWith(`${one.pointer}/`));
  return [...found, ...more.slice(0, MOST_ERRORS).filter((one) => !isInside(one))].slice(0, MOST_ERRORS);
}

/**
 * Why the schema refuses a value: every wrong field at once, unknown ones too; empty if it is accepted.
 * ajv gives the verdict and class-validator the words, so a refused value always has at least one error.
 */
export function explain(type: Class, value: unknown): FieldError[] {
  if (validatorFor(type)(value)) return [];
  if (!isPlainObject(value)) return [{ pointer: '', code: 'type', detail: OBJECT_EXPECTED }];
  const excess = findExcess(value);
  if (excess) return [excess];
  const found = validateSync(plainToInstance(type, value), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const known = found.flatMap((error) => flatten(error, ''));
  const errors = join(known, inheritedNames(value));
  return errors.length > 0 ? errors : [{ pointer: '', code: 'schema', detail: NOT_ACCEPTED }];
}
