import { ATTRIBUTE_OF_SYSTEM, SYSTEMS } from '@simpul/contracts';
import type { EventType, FamilyRef, Identifier, PersonRef, RecordKind, RosterEntry } from '@simpul/contracts';
import { findFamilyCard, usableIdentifiers } from '@simpul/identifiers';
import type { RecordIds } from './record-id.js';

/** An event as far as records are concerned. Times are milliseconds. */
export interface ToldEvent {
  type: EventType;
  /** Name of the source. */
  source: string;
  kind: string;
  reference: string;
  time: number;
  recordedTime: number;
  data: object;
}

export interface MentionContext {
  ids: RecordIds;
  /** Of the installation: +07:00. */
  timeZoneOffset: string;
}

/** One record that an event speaks about, and what it says of it. */
export interface Mention {
  record: string;
  kind: RecordKind;
  role: string;
  /** JSON pointer of the PersonRef or FamilyRef; empty for the statement itself. */
  pointer: string;
  isSubject: boolean;
  attributes: Record<string, unknown>;
}

/** All records that an event touches, its subject among them exactly once. Pure. */
export function mentionsOf(event: ToldEvent, context: MentionContext): Mention[] {
  const subject = event.type.subject(event.data);
  const mentions = [...people(event, context), ...families(event, context)];
  if (subject.kind === 'person' || subject.kind === 'family') {
    for (const mention of mentions) mention.isSubject = mention.pointer === subject.pointer;
  } else {
    mentions.unshift(statement(event, context, subject.kind === 'other' ? { ...subject } : undefined));
  }
  addClaims(event, context, mentions);
  return mentions;
}

function people(event: ToldEvent, { ids }: MentionContext): Mention[] {
  return event.type.people(event.data).map(({ role, pointer, person, child }) => {
    const usable = usableIdentifiers(person, { recordedAt: new Date(event.recordedTime), child });
    const [system, value] = personKey(event, pointer, person, usable);
    const record = ids.ofRecord('person', event.source, system, value);
    return { record, kind: 'person', role, pointer, isSubject: false, attributes: personAttributes(person, usable) };
  });
}

/** What the source itself calls the person comes first: a NIK that is corrected later does not split the record. */
function personKey(event: ToldEvent, pointer: string, person: PersonRef, usable: Identifier[]): [string, string] {
  if (person.localId !== undefined) return ['local', person.localId];
  const [strongest] = usable;
  return strongest ? [strongest.system, strongest.value] : ['statement', `${event.kind}/${event.reference}#${pointer}`];
}

function personAttributes(person: PersonRef, usable: Identifier[]): Record<string, unknown> {
  const { name, sex, birthDate, birthPlace, motherName, address, phone, localId } = person;
  const attributes: Record<string, unknown> = { name, sex, birthDate, birthPlace, motherName, address, phone, localId };
  for (const { system, value } of usable.toReversed()) {
    const attribute = ATTRIBUTE_OF_SYSTEM.get(system);
    if (attribute) attributes[attribute] = value;
  }
  return attributes;
}

function families(event: ToldEvent, { ids }: MentionContext): Mention[] {
  return event.type.families(event.data).map(({ role, pointer, family }) => {
    const familyCard = findFamilyCard(family);
    const [system, value] = familyKey(event, pointer, family, familyCard);
    const record = ids.ofRecord('family', event.source, system, value);
    return { record, kind: 'family', role, pointer, isSubject: false, attributes: { familyCard } };
  });
}

function familyKey(event: ToldEvent, pointer: string, family: FamilyRef, card: string | undefined): [string, string] {
  if (family.localId !== undefined) return ['local', family.localId];
  return card === undefined ? ['statement', `${event.kind}/${event.reference}#${pointer}`] : [SYSTEMS.kk, card];
}

function statement(event: ToldEvent, { ids }: MentionContext, what?: { system: string; value: string }): Mention {
  const record = ids.ofRecord('statement', event.source, 'statement', `${event.kind}/${event.reference}#`);
  const attributes = what ? { subject: { system: what.system, value: what.value } } : {};
  return { record, kind: 'statement', role: 'subject', pointer: '', isSubject: true, attributes };
}

/** Beside what a PersonRef says of itself. A roster names records, so that it stays true when a member's number changes. */
function addClaims(event: ToldEvent, { timeZoneOffset }: MentionContext, mentions: Mention[]): void {
  const byPointer = new Map(mentions.map((mention) => [mention.pointer, mention]));
  const time = new Date(event.time).toISOString();
  for (const { pointer, attributes } of event.type.claims(event.data, time, timeZoneOffset)) {
    const mention = byPointer.get(pointer);
    if (!mention) throw new Error(`${event.type.type} claims something of ${pointer}, where it names nobody`);
    const { roster, kk, ...others } = attributes;
    Object.assign(mention.attributes, others);
    if (typeof kk === 'string') mention.attributes.kk = findFamilyCard({ familyCard: kk }) ?? mention.attributes.kk;
    if (roster) mention.attributes.roster = (roster as RosterEntry[]).map((entry) => toMember(entry, byPointer));
  }
}

function toMember(
  { pointer, relation }: RosterEntry,
  byPointer: Map<string, Mention>,
): { record: string; relation: string } {
  const member = byPointer.get(pointer);
  if (!member) throw new Error(`A roster names ${pointer}, where nobody is`);
  return { record: member.record, relation };
}
