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

/** Pure; `joinParts` undoes it. */
export function splitData(type: Class, data: object, mentions: readonly Mention[]): EventParts {
  const facts = copyOf(data) as Members;
  const sealed = new Map<string, Members>();
  const outside: Members = {};
  for (const mention of mentions) {
    const part = mention.isSubject ? outside : {};
    if (mention.pointer !== '') part[mention.pointer] = take(facts, mention.pointer);
    sealed.set(mention.pointer, part);
  }
  takeIdentifying(type, facts, '', outside);
  return { facts, sealed };
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

/** Takes what identifies out of the facts; an optional field that was not sent leaves nothing to take. */
function takeIdentifying(type: Class, value: Members, at: string, into: Members): void {
  for (const field of fieldsOf(type)) {
    const member = value[field.name];
    if (member === undefined || member === null) continue;
    const pointer = `${at}/${field.name}`;
    if (field.identifies || isMention(field)) {
      if (!isEmptied(field, member)) {
        into[pointer] = member;
        delete value[field.name];
      }
    } else if (field.part) {
      takeFromPart(field.part, member, pointer, into);
    }
  }
}

function takeFromPart(type: Class, member: unknown, pointer: string, into: Members): void {
  if (!Array.isArray(member)) return takeIdentifying(type, member as Members, pointer, into);
  for (const [index, item] of member.entries()) {
    if (item !== null) takeIdentifying(type, item as Members, `${pointer}/${index}`, into);
  }
}

const isMention = ({ part }: FieldInfo): boolean => part === PersonRef || part === FamilyRef;

/** A list of people whose items were all taken out already. */
const isEmptied = (field: FieldInfo, member: unknown): boolean =>
  isMention(field) && Array.isArray(member) && member.every((item) => item === null);

function take(root: Members, pointer: string): unknown {
  const { holder, last } = find(root, pointer);
  const value = holder[last];
  if (Array.isArray(holder)) (holder as unknown as Members)[last] = null;
  else delete holder[last];
  return value;
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
