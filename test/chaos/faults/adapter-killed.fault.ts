import { dieAt } from './die-at.js';
import type { Fault } from './fault.js';

const POINTS = ['adapter.before-send', 'adapter.sent', 'adapter.confirmed'] as const;

/** Before the send, between send and the broker's answer, and between that and ours: the client sees a reset. */
export const adapterKilled: Fault = {
  name: 'F1 adapter killed at three points',
  targetMs: 15_000,
  async inject({ stack }, random) {
    const deaths = POINTS.map((point) => {
      // The bytes leave a moment after the call: the time after it is drawn, so that death falls on both sides.
      const later = point === 'adapter.sent' ? `:${random.whole(0, 4)}` : '';
      return { at: `${point}:${random.whole(1, 25)}${later}` };
    });
    await dieAt(stack.adapters, deaths, 20_000);
  },
};
