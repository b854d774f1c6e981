import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** The broker runs, but its network refuses, then keeps connections and moves nothing. */
export const brokerUnreachable: Fault = {
  name: 'F11 broker refuses, then stalls',
  targetMs: 30_000,
  async inject({ stack }, random) {
    stack.kafkaNetwork.set('refuse');
    await pause(random.whole(800, 1_800));
    stack.kafkaNetwork.set('pass');
    await pause(500);
    stack.kafkaNetwork.set('stall');
    await pause(random.whole(1_500, 3_500));
    stack.kafkaNetwork.set('pass');
  },
};
