import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

const SLOW_FOR_MS = 8_000;

/** Every byte to and from the broker comes 400 ms later: less goes through, nothing is lost. */
export const brokerSlow: Fault = {
  name: 'F12 slow broker',
  targetMs: 30_000,
  async inject({ stack }) {
    stack.kafkaNetwork.set('slow');
    await pause(SLOW_FOR_MS);
    stack.kafkaNetwork.set('pass');
  },
};

/** The same for the database: time-outs strike, transactions are tried again. */
export const databaseSlow: Fault = {
  name: 'F29 slow database',
  targetMs: 30_000,
  async inject({ stack }) {
    stack.postgresNetwork.set('slow');
    await pause(SLOW_FOR_MS);
    stack.postgresNetwork.set('pass');
  },
};
