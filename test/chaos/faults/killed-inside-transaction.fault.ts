import { type Death, dieAt } from './die-at.js';
import type { Fault } from './fault.js';

const POINTS = [
  'ingest.statements',
  'ingest.records',
  'ingest.folded',
  'ingest.bodies',
  'ingest.letters',
  'ingest.feed',
  'ingest.counters',
  'ingest.position',
] as const;

/**
 * After each write of the one transaction, the last one just before the commit: all or nothing. A start number takes
 * every second write, so two that follow each other take all; both registries die at the same time.
 */
export const killedInsideTransaction: Fault = {
  name: 'F19 killed inside the transaction after each write',
  targetMs: 25_000,
  async inject({ stack, run, seed }, random) {
    const deaths = POINTS.filter((_point, index) => index % 2 === seed % 2).map((point): Death => ({
      at: `${point}:${random.whole(1, 3)}`,
      // A group of its own each time: the dead member's session need not run out before the next one reads.
      env: { GROUP_ID: `chaos-${run}-${point}` },
    }));
    const [first, second] = stack.registries;
    await Promise.all([dieAt(first, deaths.slice(0, 2), 30_000), dieAt(second, deaths.slice(2), 30_000)]);
  },
};
