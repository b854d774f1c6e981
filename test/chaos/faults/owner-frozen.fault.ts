import { readFileSync } from 'node:fs';
import { until } from '../../../tools/local/guarded.mjs';
import type { App } from '../stack.js';
import type { Fault } from './fault.js';

const POINTS = ['ingest.statements', 'ingest.records', 'ingest.folded', 'ingest.feed', 'ingest.position'] as const;

/**
 * A consumer stands still in the middle of a transaction, with its partition locked; it is replaced within 15 s, and
 * wakes up to find that others went on.
 */
export const ownerFrozen: Fault = {
  name: 'F21 frozen owner',
  targetMs: 15_000,
  async inject({ stack }, random) {
    const owner = random.pick(stack.registries);
    await owner.stop();
    owner.variants.push({ crashAt: `${random.pick(POINTS)}:${random.whole(1, 5)}:freeze` });
    await owner.start();
    await until(() => Promise.resolve(isFrozen(owner) || undefined), {
      withinMs: 30_000,
      what: `${owner.name} stands still`,
    });
    return () => Promise.resolve(owner.thaw());
  },
};

function isFrozen({ pid }: App): boolean {
  if (pid === 0) return false;
  // The state follows the name, which stands in brackets.
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('T') ?? false;
}
