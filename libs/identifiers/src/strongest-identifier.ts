import { SYSTEMS } from '@simpul/contracts';
import type { FamilyRef, PersonRef, Subject } from '@simpul/contracts';

import { findFamilyCard, normaliseIdentifier, usableIdentifiers } from './person-identifier.js';

/** The event that names the subject: it judges at its recorded time and gives the last resort. */
export interface SubjectContext {
  recordedAt: Date;
  source: string;
  eventId: string;
}

/**
 * `system|value` of the best name that this event has for its subject; the text behind the pseudonym. A person's or
 * family's number where it can be used, else the agency's own id, else the event itself.
 */
export function strongestIdentifier(subject: Subject, context: SubjectContext): string {
  switch (subject.kind) {
    case 'person':
      return ofPerson(subject.person, subject.child, context);
    case 'family':
      return ofFamily(subject.family, context);
    case 'other':
      return `${subject.system}|${normaliseIdentifier(subject.system, subject.value)}`;
    case 'event':
      return ofEvent(context);
    default:
      throw new Error('Unknown kind of subject', { cause: subject satisfies never });
  }
}

function ofPerson(person: PersonRef, child: boolean, context: SubjectContext): string {
  const [strongest] = usableIdentifiers(person, { recordedAt: context.recordedAt, child });
  if (strongest) return `${strongest.system}|${strongest.value}`;
  return person.localId === undefined ? ofEvent(context) : `urn:simpul:local|${context.source}|${person.localId}`;
}

function ofFamily(family: FamilyRef, context: SubjectContext): string {
  const card = findFamilyCard(family);
  if (card !== undefined) return `${SYSTEMS.kk}|${card}`;
  return family.localId === undefined ? ofEvent(context) : `urn:simpul:family|${context.source}|${family.localId}`;
}

function ofEvent({ source, eventId }: SubjectContext): string {
  return `urn:simpul:event|${source}|${eventId}`;
}
