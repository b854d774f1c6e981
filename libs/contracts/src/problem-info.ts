import type { Words } from './words.js';

/** One page of `/docs/problems`: what happened, why, and what to do. `status` is the HTTP status where it is an answer. */
export interface ProblemInfo {
  status: number;
  title: Words;
  explanation: Words;
  fix: Words;
}
