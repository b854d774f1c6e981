import { type Judged, limitOf, marginOf, type Result } from './result.js';
import { type Target, TARGETS } from './targets.js';

/** What a run says of one promise. */
export interface Promised {
  value: number | null;
  target: number | null;
  met: boolean | null;
  reason: string | null;
}

const NOT_ASKED: Promised = { value: null, target: null, met: null, reason: 'no workload of this run measures it' };

/** Each promise by the figure that is furthest from its target; a fault and what is not known come before any figure. */
export function promisesOf(results: readonly Result[]): Record<Target, Promised> {
  const figures = results.flatMap((result) => result.figures);
  const told = (Object.keys(TARGETS) as Target[]).map((target) => [
    target,
    promiseOf(figures.filter((figure) => figure.target === target)),
  ]);
  return Object.fromEntries(told) as Record<Target, Promised>;
}

function promiseOf(figures: readonly Judged[]): Promised {
  const [worst] = figures.toSorted((a, b) => rankOf(a) - rankOf(b));
  if (!worst) return NOT_ASKED;
  const { value, bound, says, met, reason } = worst;
  return { value, target: limitOf(bound), met, reason: reason === null ? null : `${says}: ${reason}` };
}

/** Missed without a figure, missed, not known, met. */
function rankOf({ value, bound, met }: Judged): number {
  const margin = value === null ? 0 : Math.min(marginOf(value, bound), 1e6);
  if (met === false) return margin;
  return met === null ? 1e7 : 1e8 + margin;
}
