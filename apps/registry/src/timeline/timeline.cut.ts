import {
  type Class,
  EVENT_TYPES,
  type EventType,
  type FieldGroup,
  type FieldInfo,
  fieldsOf,
  type Sector,
} from '@simpul/contracts';

// That something happened in a sector is itself a fact of that sector: without its group not even the date is shown.
const GROUP_OF_SECTOR: Readonly<Record<Sector, FieldGroup>> = {
  civil: 'civil',
  health: 'health',
  education: 'education',
  social: 'welfare',
  community: 'community',
};

/** Types of events that a purpose with these field groups may know of at all. */
export function visibleTypes(groups: readonly FieldGroup[], types: readonly EventType[] = EVENT_TYPES): string[] {
  return types.filter((event) => groups.includes(GROUP_OF_SECTOR[event.sector])).map((event) => event.type);
}

/**
 * The facts of an event that these groups open. Built field by field from the class, so that a member unknown to it,
 * or one that identifies, is never copied.
 */
export function cutFacts(type: Class, facts: unknown, groups: readonly FieldGroup[]): Record<string, unknown> {
  if (typeof facts !== 'object' || facts === null) return {};
  const given = facts as Record<string, unknown>;
  const shown = fieldsOf(type).flatMap((field) => {
    const value = isOpen(field, groups) ? cutValue(field, given[field.name], groups) : undefined;
    return value === undefined || value === null ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(shown);
}

function isOpen(field: FieldInfo, groups: readonly FieldGroup[]): boolean {
  return !field.identifies && field.kind !== 'withdrawn' && groups.includes(field.group);
}

function cutValue(field: FieldInfo, value: unknown, groups: readonly FieldGroup[]): unknown {
  const { part } = field;
  if (!part) return value;
  // What a part refers to (a facility's code) comes with the part; other groups inside it stay closed.
  const inner: FieldGroup[] = [...groups, 'reference'];
  if (Array.isArray(value)) return value.map((item) => cutFacts(part, item, inner));
  return value === undefined || value === null ? undefined : cutFacts(part, value, inner);
}
