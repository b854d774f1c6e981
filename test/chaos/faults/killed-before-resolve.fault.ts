import type { Fault } from './fault.js';
import { dieAt } from './die-at.js';

/** The transaction is committed, Kafka does not know: the batch comes again and must have no second effect. */
export const killedBeforeResolve: Fault = {
  name: 'F18 consumer killed between commit and resolve',
  targetMs: 20_000,
  async inject({ stack }, random) {
    const registry = random.pick(stack.registries);
    await dieAt(registry, [{ at: `ingest.committed:${random.whole(1, 5)}` }], 30_000);
  },
};
