import { ATTRIBUTES, type FieldGroup, type RecordKind } from '@simpul/contracts';

/**
 * Whether a purpose that opens these groups shows an attribute. An allow-list: what is not in the catalogue of
 * attributes is never shown.
 */
export function isVisible(name: string, kind: RecordKind, groups: readonly FieldGroup[]): boolean {
  if (!Object.hasOwn(ATTRIBUTES, name)) return false;
  const info = ATTRIBUTES[name as keyof typeof ATTRIBUTES];
  return info.kind === kind && groups.includes(info.group);
}
