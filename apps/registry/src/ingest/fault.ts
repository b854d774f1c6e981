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
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // Errors of Node carry a code too; a SQLSTATE has five characters.
  if (!/^[0-9A-Z]{5}$/u.test(error.code)) return undefined;
  const sqlstate = error.code;
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  const isAboutMessage =
    sqlstate.startsWith('22') || sqlstate === '23502' || (sqlstate === '23514' && constraint !== undefined);
  return isAboutMessage ? { sqlstate, constraint } : undefined;
}
