import type { Seen } from '../oracle/evidence.js';

export interface Window {
  from: number;
  to: number;
}

/** What agencies were told that asked and were answered within a stretch of time. */
export interface Meanwhile {
  accepted: Seen[];
  /** Sources that were told to come again. */
  refused: Set<string>;
  /** Neither this nor that: no answer in time, or none at all. */
  unanswered: Seen[];
}

export function listMeanwhile(seen: readonly Seen[], { from, to }: Window): Meanwhile {
  const asked = new Set(seen.filter(({ is, at }) => is === 'invoke' && at >= from).map(nameOf));
  const answers = seen.filter((each) => each.is !== 'invoke' && each.at <= to && asked.has(nameOf(each)));
  const { ok = [], unknown = [] } = Object.groupBy(answers, ({ is }) => is);
  return {
    accepted: ok,
    refused: new Set(unknown.filter(isComeAgain).map(({ source }) => source)),
    unanswered: unknown.filter((each) => !isComeAgain(each)),
  };
}

const nameOf = ({ request, index }: Seen): string => `${request}/${index}`;
/** 503 as a whole, or for the item alone. */
const isComeAgain = (each: Seen): boolean => each.is === 'unknown' && ['status 503', 'retry'].includes(each.why);
