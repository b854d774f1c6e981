import { ProblemError } from '@simpul/contracts';

/** May this be the number of a letter or a job? */
export const isNumber = (value: unknown): boolean => typeof value === 'string' && /^[1-9][0-9]{0,17}$/u.test(value);

/** The number of a letter or a job as it stands in a path; the 404 problem for anything else. */
export function numberOf(text: string): string {
  if (!isNumber(text)) throw refusalOf('absent');
  return text;
}

/** Why nothing was changed: it is not there, or not in the state for it. */
export const refusalOf = (result: 'absent' | 'state'): ProblemError =>
  new ProblemError(result === 'absent' ? 'operations.not-found' : 'operations.state');
