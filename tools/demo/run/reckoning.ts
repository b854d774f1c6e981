import type { Accepted } from './sending.js';

const ALIVE = new Set(['applied', 'superseded', 'duplicate', 'repaired']);

export interface Reckoning {
  /** Source → status → how many accepted messages. */
  verdicts: Record<string, Record<string, number>>;
  /** Ids of good messages that are dead, and of conflicts that are not. Ids carry no personal data. */
  wrong: string[];
}

/** Compares what the plan knew with what the receipts say. */
export function reckon(accepted: Iterable<Accepted>): Reckoning {
  const reckoning: Reckoning = { verdicts: {}, wrong: [] };
  for (const { source, id, quality, verdict } of accepted) {
    const status = verdict?.status ?? 'none';
    const ofSource = (reckoning.verdicts[source] ??= {});
    ofSource[status] = (ofSource[status] ?? 0) + 1;
    if (ALIVE.has(status) !== (quality === 'good')) reckoning.wrong.push(`${source} ${id} ${status}`);
  }
  return reckoning;
}
