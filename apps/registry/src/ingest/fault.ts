/** A failure that says something about a message: SQLSTATE and constraint, never a value. */
export interface StorageFault {
  sqlstate: string;
  constraint?: string;
}

/**
 * What of an error is about a message. Only data exceptions (class 22), a missing value (23502) and a check with a name (23514) are; all else
 * is about us and is tried again for ever.
 */
export function findStorageFault(error: unknown): StorageFault | undefined {
  const sqlstate = findSqlState(error);
  if (sqlstate === undefined) return undefined;
  const { constraint } = error as { constraint?: string };
  const isNamedCheck = sqlstate === '23514' && constraint !== undefined;
  return sqlstate.startsWith('22') || sqlstate === '23502' || isNamedCheck ? { sqlstate, constraint } : undefined;
}

/** The server ended the session: its transaction stood still for too long, or another process ended it. Both make room for a new owner. */
export const isFenced = (error: unknown): boolean => ['25P03', '57P01'].includes(findSqlState(error) ?? '');

/** A lock was not given in time. */
export const isLockTimeout = (error: unknown): boolean => findSqlState(error) === '55P03';

/** Errors of Node carry a code too; a SQLSTATE has five characters. */
function findSqlState(error: unknown): string | undefined {
  const { code } = error instanceof Error ? (error as { code?: unknown }) : {};
  return typeof code === 'string' && /^[0-9A-Z]{5}$/u.test(code) ? code : undefined;
}
