import { dieAt } from './die-at.js';
import type { Fault } from './fault.js';

/** Before the send, as it begins, between it and the broker's answer, and between that and ours: the client sees a reset. */
export const adapterKilled: Fault = {
  name: 'F1 adapter killed at four points',
  targetMs: 15_000,
  async inject({ stack }, random) {
    // The bytes leave a moment after the call: death falls before that, and once more at a drawn time around it.
    const points = ['adapter.before-send', 'adapter.sent', 'adapter.sent', 'adapter.confirmed'];
    const later = ['', '', `:${random.whole(0, 4)}`, ''];
    const deaths = points.map((point, index) => ({ at: `${point}:${random.whole(1, 25)}${later[index]}` }));
    await dieAt(stack.adapters, deaths, 20_000);
  },
};
