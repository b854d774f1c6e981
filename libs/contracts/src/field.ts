import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiSchema, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';
import { type Check, requiredCheck } from './field-check.js';
import type { FieldGroup } from './field-group.js';
import {
  type Class,
  contractOf,
  type ContractInfo,
  type FieldInfo,
  type FieldKind,
  rememberContract,
  rememberField,
} from './field-info.js';
import { inBothLanguages, type Words } from './words.js';

/** What every field decorator takes: words in both languages, the field group, and whether the value names a person. */
export interface FieldOptions extends Words {
  group: FieldGroup;
  identifies?: boolean;
  example?: unknown;
  optional?: boolean;
}

interface Definition {
  kind: FieldKind;
  schema: Record<string, unknown>;
  checks: Check[];
  identifies: boolean;
  part?: Class;
  list?: boolean;
  role?: string;
  codes?: Readonly<Record<string, Words>>;
  unit?: string;
}

const SAID = Symbol('simpul:said');
type Said = [FieldOptions, Definition];

const checkDecorator = (check: Check): PropertyDecorator =>
  ValidateBy(
    { name: check.code, validator: { validate: check.ok, defaultMessage: () => `$property ${check.detail.en}` } },
    { context: check.detail },
  );

const given = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

function infoOf(name: string, o: FieldOptions, d: Definition): FieldInfo {
  return {
    name,
    kind: d.kind,
    words: { en: o.en, id: o.id },
    group: o.group,
    identifies: o.identifies ?? d.identifies,
    optional: o.optional ?? false,
    schema: d.schema,
    role: d.role ?? name,
    ...given({ example: o.example, part: d.part, list: d.list, codes: d.codes, unit: d.unit }),
  };
}

function apiOptions(o: FieldOptions, d: Definition): ApiPropertyOptions {
  const options = {
    ...d.schema,
    ...(d.part && { type: d.part }),
    ...(d.list && { isArray: true }),
    description: inBothLanguages(o),
    required: !o.optional,
    ...(o.example !== undefined && { example: o.example }),
  };
  return options;
}

/** Says one field once: class-validator's checks, the OpenAPI property and our own description of it. */
export function field(o: FieldOptions, d: Definition): PropertyDecorator {
  const nested = d.part;
  return (target, key) => {
    rememberField(target, infoOf(String(key), o, d));
    Reflect.defineMetadata(SAID, [o, d] satisfies Said, target, key);
    applyDecorators(
      ApiProperty(apiOptions(o, d)),
      ...(o.optional ? [] : [checkDecorator(requiredCheck)]),
      ...d.checks.map(checkDecorator),
      ...(nested ? [ValidateNested(), Type(() => nested)] : []),
    )(target, key);
  };
}

/**
 * The field of the same name in another contract class, with all that is said there: a message repeats an event's field
 * without repeating its limits, so that no message is accepted whose event would be refused.
 */
export function SameAs(type: Class, o: Partial<FieldOptions> = {}): PropertyDecorator {
  return (target, key) => {
    const said = Reflect.getOwnMetadata(SAID, type.prototype as object, key) as Said | undefined;
    if (!said) throw new TypeError(`${type.name} has no field ${String(key)}`);
    field({ ...said[0], ...o }, said[1])(target, key);
  };
}

/**
 * Class decorator: names the schema component and closes it to unknown members.
 * `identifies`: a part of this class identifies as a whole wherever it is used (people, families).
 */
export function Contract(name: string, words: Words, o: { identifies?: boolean } = {}): ClassDecorator {
  const info: ContractInfo = { name, words, identifies: o.identifies ?? false };
  return (target) => {
    rememberContract(target, info);
    ApiSchema({ name, description: inBothLanguages(words) })(target);
    Reflect.defineMetadata('swagger/apiExtension', { additionalProperties: false }, target);
  };
}

/** Whether a part of this class identifies as a whole. */
export const identifiesWhole = (part: Class): boolean => contractOf(part).identifies;
