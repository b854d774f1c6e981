import { FamilyRef, fieldsOf, PersonRef } from '@simpul/contracts';
import type { Class, FieldInfo } from '@simpul/contracts';
import type { Mention } from './mention.js';

type Members = Record<string, unknown>;

/** An event's data, taken apart for rest: what does not identify, and what does by the mention that it belongs to. */
export interface EventParts {
  facts: object;
  /** Pointer of the mention -> (JSON pointer -> value). The subject's part also holds what identifies outside any mention. */
  sealed: Map<string, Members>;
}

/** Pure; `joinParts` undoes it. Facts and parts share with the data what is not taken apart. */
export function splitData(type: Class, data: object, mentions: readonly Mention[]): EventParts {
  const sealed = new Map<string, Members>();
  const outside: Members = {};
  for (const { pointer, isSubject } of mentions) sealed.set(pointer, isSubject ? outside : {});
  return { facts: factsOf(type, data as Members, '', { sealed, outside }), sealed };
}

/** The event's data again, from its facts and all parts that could be opened. */
export function joinParts(facts: object, parts: Iterable<Members>): object {
  const data = copyOf(facts) as Members;
  for (const part of parts) for (const [pointer, value] of Object.entries(part)) put(data, pointer, value);
  return data;
}

/** Of JSON. Seven times as fast as structuredClone, which is for more than JSON. */
function copyOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy: Members = {};
  for (const [name, member] of Object.entries(value)) copy[name] = copyOf(member);
  return copy;
}

interface Taken {
  sealed: ReadonlyMap<string, Members>;
  /** For what identifies outside any mention. */
  outside: Members;
}

/** Stands for a member that was taken whole. */
const NOTHING_LEFT = Symbol('nothing left');

/** The members that do not identify, in their order; the others go to where they belong. */
function factsOf(type: Class, value: Members, at: string, into: Taken): Members {
  const fields = fieldsByName(type);
  const facts: Members = {};
  for (const name of Object.keys(value)) {
    const [field, member] = [fields.get(name), value[name]];
    const fact =
      field && member !== null && member !== undefined ? factOf(field, member, `${at}/${name}`, into) : member;
    if (fact !== NOTHING_LEFT) facts[name] = fact;
  }
  return facts;
}

function factOf(field: FieldInfo, member: unknown, pointer: string, into: Taken): unknown {
  const { part } = field;
  if (part === PersonRef || part === FamilyRef) return withoutMentions(member, pointer, into);
  if (field.identifies) return take(member, pointer, into.outside);
  if (!part) return member;
  if (!Array.isArray(member)) return factsOf(part, member as Members, pointer, into);
  return member.map((item, index) =>
    item === null ? null : factsOf(part, item as Members, `${pointer}/${index}`, into),
  );
}

/** Of a list, each that is mentioned leaves null in its place; what nobody mentions is taken as it is. */
function withoutMentions(member: unknown, pointer: string, { sealed, outside }: Taken): unknown {
  if (!Array.isArray(member)) return take(member, pointer, sealed.get(pointer) ?? outside);
  const left = member.map((item: unknown, index) => {
    const part = sealed.get(`${pointer}/${index}`);
    if (part) take(item, `${pointer}/${index}`, part);
    return part ? null : item;
  });
  return left.every((item) => item === null) ? left : take(left, pointer, outside);
}

function take(value: unknown, pointer: string, into: Members): typeof NOTHING_LEFT {
  into[pointer] = value;
  return NOTHING_LEFT;
}

const known = new WeakMap<Class, ReadonlyMap<string, FieldInfo>>();

function fieldsByName(type: Class): ReadonlyMap<string, FieldInfo> {
  let fields = known.get(type);
  if (!fields) {
    fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
    known.set(type, fields);
  }
  return fields;
}

function put(root: Members, pointer: string, value: unknown): void {
  const { holder, last } = find(root, pointer);
  holder[last] = value;
}

function find(root: Members, pointer: string): { holder: Members; last: string } {
  const steps = pointer.slice(1).split('/');
  const last = steps.pop() ?? '';
  let holder = root;
  for (const step of steps) holder = holder[step] as Members;
  return { holder, last };
}
