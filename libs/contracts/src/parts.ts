import { isPlainObject } from './field-check.js';
import { type Class, type FieldInfo, fieldsOf } from './field-info.js';
import { FamilyRef } from './part/family-ref.js';
import { PersonRef } from './part/person-ref.js';

/** Where a person or a family is named in a class: `['members', '*', 'person']`, `*` for each item of a list. */
export interface PartPlace {
  pointer: string[];
  type: Class;
  list: boolean;
  role: string;
}

/** What stands at such a place in a value: RFC 6901 pointer, role, and the person or family itself. */
export interface FoundPart {
  pointer: string;
  role: string;
  type: Class;
  value: object;
}

const isMention = (type: Class): boolean => type === PersonRef || type === FamilyRef;

function placesOf(info: FieldInfo): PartPlace[] {
  const type = info.part;
  if (!type) return [];
  const here = info.list ? [info.name, '*'] : [info.name];
  if (isMention(type)) return [{ pointer: here, type, list: here.includes('*'), role: info.role }];
  return fieldsOf(type)
    .flatMap(placesOf)
    .map((inner) => ({ ...inner, pointer: [...here, ...inner.pointer], list: info.list === true || inner.list }));
}

const known = new WeakMap<Class, readonly PartPlace[]>();

/** Every place in a class where a PersonRef or FamilyRef can stand, in the order of declaration. */
export function partsOf(type: Class): readonly PartPlace[] {
  let places = known.get(type);
  if (!places) {
    places = fieldsOf(type).flatMap(placesOf);
    known.set(type, places);
  }
  return places;
}

/** Adds what stands in `value`, which lies so many steps into the place. */
function collect(value: unknown, place: PartPlace, at: { step: number; pointer: string }, found: FoundPart[]): void {
  const step = place.pointer[at.step];
  const next = at.step + 1;
  if (step === '*') {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries())
      collect(item, place, { step: next, pointer: `${at.pointer}/${index}` }, found);
    return;
  }
  if (!isPlainObject(value)) return;
  if (step === undefined) found.push({ pointer: at.pointer, value, role: place.role, type: place.type });
  else collect(value[step], place, { step: next, pointer: `${at.pointer}/${step}` }, found);
}

/** The people and families that a value of this class names. */
export const findParts = (type: Class, data: object): FoundPart[] => findAt(partsOf(type), data);

/** What a value names at some of the places of its class. */
export function findAt(places: readonly PartPlace[], data: object): FoundPart[] {
  const found: FoundPart[] = [];
  for (const place of places) collect(data, place, { step: 0, pointer: '' }, found);
  return found;
}
