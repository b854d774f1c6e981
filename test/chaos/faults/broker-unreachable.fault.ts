import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** The broker runs, but its network refuses, then keeps connections and moves nothing, then loses its answers and breaks. */
export const brokerUnreachable: Fault = {
  name: 'F11 broker refuses, stalls, and is not heard',
  targetMs: 30_000,
  async inject({ stack }, random) {
    stack.kafkaNetwork.set('refuse');
    await pause(random.whole(800, 1_800));
    stack.kafkaNetwork.set('pass');
    await pause(500);
    stack.kafkaNetwork.set('stall');
    await pause(random.whole(1_500, 3_500));
    stack.kafkaNetwork.set('pass');
    // What was written is kept while nobody is told, again and again: then everything that was under way is sent anew.
    for (let round = 0; round < 3; round++) {
      await pause(random.whole(600, 1_200));
      stack.kafkaNetwork.set('mute');
      await pause(random.whole(300, 600));
      stack.kafkaNetwork.set('refuse');
      stack.kafkaNetwork.set('pass');
    }
  },
};
