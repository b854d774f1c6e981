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
  if (!(error instanceof Error)) return undefined;
  const { code: sqlstate, constraint } = error as { code?: unknown; constraint?: string };
  // Errors of Node carry a code too; a SQLSTATE has five characters.
  if (typeof sqlstate !== 'string' || !/^[0-9A-Z]{5}$/u.test(sqlstate)) return undefined;
  const isNamedCheck = sqlstate === '23514' && constraint !== undefined;
  return sqlstate.startsWith('22') || sqlstate === '23502' || isNamedCheck ? { sqlstate, constraint } : undefined;
}
