import { ProblemError } from '@simpul/contracts';

/** The number of a letter or a job as it stands in a path; the 404 problem for anything else. */
export function numberOf(text: string): string {
  if (!/^[1-9][0-9]{0,17}$/u.test(text)) throw refusalOf('absent');
  return text;
}

/** Why nothing was changed: it is not there, or not in the state for it. */
export const refusalOf = (result: 'absent' | 'state'): ProblemError =>
  new ProblemError(result === 'absent' ? 'operations.not-found' : 'operations.state');
