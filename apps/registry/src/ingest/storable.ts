/**
 * Whether PostgreSQL can store every text in a value, and read it again: no NUL, no half of a surrogate pair. Its `json`
 * takes their escapes in and fails on them later, when a query looks inside.
 */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable);
}
