import { type RecordView, viewOf } from '../person/person.view.js';
import type { SurvivorshipTable } from '../person/survivorship.data.js';

/** A member in a folded roster. */
export interface RosterMember {
  readonly record: string;
  readonly relation: string;
}

/** The members of a folded roster; empty for anything that is none. */
export function readRoster(value: unknown): RosterMember[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is RosterMember => {
    const { record, relation } = (entry ?? {}) as Partial<Record<keyof RosterMember, unknown>>;
    return typeof record === 'string' && typeof relation === 'string';
  });
}

/**
 * The family record whose roster is the best of those that name one of the person's records: the person's family is
 * that record's. Undefined when no roster names the person. Pure; the order of the records does not matter.
 */
export function findBestRoster(
  families: readonly RecordView[],
  person: ReadonlySet<string>,
  ranks: SurvivorshipTable,
  asOf: number,
): string | undefined {
  const naming = families.flatMap(({ attributes, ...record }) => {
    const { roster } = attributes;
    const names = readRoster(roster?.value).some((member) => person.has(member.record));
    return roster && names ? [{ ...record, attributes: { roster } }] : [];
  });
  return viewOf(naming, ranks, asOf)[0]?.chosen.recordId;
}
