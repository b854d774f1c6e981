import type { AttributeName } from './attribute.js';
import type { Classification } from './envelope.js';
import { type Class, contractOf } from './field-info.js';
import { FamilyRef } from './part/family-ref.js';
import { PersonRef } from './part/person-ref.js';
import { findAt, partsOf } from './parts.js';
import type { Sector } from './sector.js';
import type { Words } from './words.js';

/** Whom or what an event is about. */
export type Subject =
  | { kind: 'person'; person: PersonRef; pointer: string; child: boolean }
  | { kind: 'family'; family: FamilyRef; pointer: string }
  | { kind: 'other'; system: string; value: string }
  | { kind: 'event' };

export interface PersonMention {
  role: string;
  pointer: string;
  person: PersonRef;
  /** In a message about a child a NIK counts only with a stated birth date: it may be the mother's. */
  child: boolean;
}

export interface FamilyMention {
  role: string;
  pointer: string;
  family: FamilyRef;
}

/** What an event says of one mentioned record, beside what the PersonRef or FamilyRef itself says. */
export interface Claim {
  pointer: string;
  attributes: Partial<Record<AttributeName, unknown>>;
}

/** A member in a family's roster: the pointer leads to the PersonRef of the same event. */
export interface RosterEntry {
  pointer: string;
  relation: string;
}

export interface EventExample<T extends object = object> {
  title: Words;
  time: string;
  data: T;
}

/** One type of event: its data class, and the pure functions that say what it means. */
export interface EventType<T extends object = object> {
  type: string;
  sector: Sector;
  version: 1;
  name: string;
  dataschema: string;
  classification: Classification;
  data: Class<T>;
  words: Words;
  examples: readonly EventExample<T>[];
  subject(data: T): Subject;
  people(data: T): PersonMention[];
  families(data: T): FamilyMention[];
  /** Parts that tell that two events state the same fact, without the subject. `offset`: the installation's zone. */
  businessKey(data: T, time: string, offset?: string): string[];
  claims(data: T, time: string, offset?: string): Claim[];
}

type Definition<T extends object> = Pick<
  EventType<T>,
  'sector' | 'classification' | 'data' | 'subject' | 'examples'
> & {
  /** `<thing>.<past verb>`. */
  name: string;
  businessKey: EventType<T>['businessKey'];
  claims?: EventType<T>['claims'];
  childRoles?: readonly string[];
};

/** Builds an event type of version 1; people and families are found by the fields of its data class. */
export function defineEvent<T extends object>(d: Definition<T>): EventType<T> {
  const name = `${d.sector}.${d.name}`;
  const isChild = (role: string): boolean => d.childRoles?.includes(role) ?? false;
  const peoplePlaces = partsOf(d.data).filter(({ type }) => type === PersonRef);
  const familyPlaces = partsOf(d.data).filter(({ type }) => type === FamilyRef);
  return {
    type: `id.simpul.${name}.v1`,
    sector: d.sector,
    version: 1,
    name,
    dataschema: `urn:simpul:schema:${name}:1`,
    classification: d.classification,
    data: d.data,
    words: contractOf(d.data).words,
    examples: d.examples,
    subject: d.subject,
    people: (data) =>
      findAt(peoplePlaces, data).map(({ role, pointer, value }) => ({
        role,
        pointer,
        person: value,
        child: isChild(role),
      })),
    families: (data) =>
      findAt(familyPlaces, data).map(({ role, pointer, value }) => ({ role, pointer, family: value })),
    businessKey: d.businessKey,
    claims: d.claims ?? (() => []),
  };
}
