import 'reflect-metadata';
import type { FieldGroup } from './field-group.js';
import type { Words } from './words.js';

/** A class of the contract: a message, an event's data, or a part of one. */
export type Class<T extends object = object> = new () => T;

export type FieldKind =
  | 'text'
  | 'code'
  | 'day'
  | 'instant'
  | 'whole'
  | 'quantity'
  | 'flag'
  | 'part'
  | 'list'
  | 'reference'
  | 'revision'
  | 'withdrawn';

/** All that is said about one field, once: checks, schemas, documents, storage and purposes derive from it. */
export interface FieldInfo {
  name: string;
  kind: FieldKind;
  words: Words;
  group: FieldGroup;
  /** The value (of a part: the whole part) names a person: encrypted at rest, never in a clear column, log or metric. */
  identifies: boolean;
  optional: boolean;
  /** JSON Schema of the value; of a list without `items`, of a part empty. */
  schema: Record<string, unknown>;
  example?: unknown;
  /** The class of a part, or of a list's items. */
  part?: Class;
  list?: boolean;
  /** What the person or family named here is to the event: `child`, `mother`, `member`. */
  role: string;
  /** The words of a closed list of codes, where they are known. */
  codes?: Readonly<Record<string, Words>>;
  /** Of a measured number: `kg`. */
  unit?: string;
}

/** What is said about a class as a whole. */
export interface ContractInfo {
  name: string;
  words: Words;
  /** A part of this class identifies as a whole wherever it is used. */
  identifies: boolean;
}

const FIELDS = Symbol('simpul:fields');
const CONTRACT = Symbol('simpul:contract');

/** Keeps what a decorator said; classes do not inherit, so the list is the prototype's own. */
export function rememberField(prototype: object, info: FieldInfo): void {
  const known = Reflect.getOwnMetadata(FIELDS, prototype) as FieldInfo[] | undefined;
  if (known) known.push(info);
  else Reflect.defineMetadata(FIELDS, [info], prototype);
}

export function rememberContract(type: object, info: ContractInfo): void {
  Reflect.defineMetadata(CONTRACT, info, type);
}

/** The fields of a class in the order of their declaration. Throws TypeError for a class without any. */
export function fieldsOf(type: Class): readonly FieldInfo[] {
  const fields = Reflect.getOwnMetadata(FIELDS, type.prototype as object) as FieldInfo[] | undefined;
  if (!fields) throw new TypeError(`${type.name} has no decorated field`);
  return fields;
}

/** Name and words of a class. Throws TypeError where @Contract is missing. */
export function contractOf(type: Class): ContractInfo {
  const info = Reflect.getOwnMetadata(CONTRACT, type) as ContractInfo | undefined;
  if (!info) throw new TypeError(`${type.name} is not a @Contract`);
  return info;
}
