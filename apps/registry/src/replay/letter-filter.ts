/** Which dead letters are meant; what is not named is not asked for. Letters that are repaired, waiting or set aside are never meant. */
export interface LetterFilter {
  source?: string;
  /** Code of the reason. */
  code?: string;
  kind?: string;
  /** Without any prefix. */
  topic?: string;
  partition?: number;
  /** ISO instants of the broker's append time: from `from`, before `before`. */
  from?: string;
  before?: string;
  /** dead_letter.id */
  ids?: string[];
}

/** May this be the name of a source, code, kind or topic? */
export const isName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9.()-]{1,64}$/u.test(value);

/** What a replay would do. */
export interface ReplayPlan {
  /** Letters that would be tried. */
  tried: number;
  /** Letters in conflict: they stay as they are, whatever happens. */
  conflicts: number;
  /** More letters are meant than one replay takes; the oldest come first. */
  more: boolean;
  byCode: Record<string, number>;
  bySource: Record<string, number>;
}
