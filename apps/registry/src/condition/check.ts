/** One setting or state that a promise rests on. */
export interface Check {
  /** Stable name, part first: `postgres.fsync`. */
  name: string;
  /** undefined: it cannot be known from here. */
  ok: boolean | undefined;
  /** What was found, without anything secret. */
  found: string;
  /** What to do when it does not hold. */
  todo: string;
}

export const check = (name: string, ok: boolean | undefined, found: string, todo: string): Check => ({
  name,
  ok,
  found,
  todo,
});

/** What cannot be known from here, and why. */
export const unknown = (name: string, why: string, todo: string): Check => check(name, undefined, why, todo);
