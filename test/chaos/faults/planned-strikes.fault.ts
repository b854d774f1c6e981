import { setTimeout as pause } from 'node:timers/promises';
import { MUCH } from '../load.js';
import type { Member } from '../member.js';
import type { Strike } from '../plan.js';
import type { Stack } from '../stack.js';
import type { Fault } from './fault.js';

/** Several faults at drawn moments, also at the same time. */
export const plannedStrikes = (plan: readonly Strike[]): Fault => ({
  name: `F0 plan of ${plan.length} strikes`,
  targetMs: 60_000,
  amount: MUCH,
  async inject({ stack }) {
    await Promise.all(
      plan.map(async (strike) => {
        await pause(strike.atMs);
        await strikeOnce(stack, strike);
      }),
    );
  },
});

async function strikeOnce(stack: Stack, { fault, target, forMs }: Strike): Promise<void> {
  const member = memberOf(stack, target);
  const network = target === 'Kafka' ? stack.kafkaNetwork : stack.postgresNetwork;
  switch (fault) {
    case 'kill':
      await member.kill9({ keepDown: true });
      await pause(forMs);
      return member.start();
    case 'freeze':
      member.freeze();
      await pause(forMs);
      return member.thaw();
    case 'refuse':
    case 'stall':
      network.set(fault);
      await pause(forMs);
      return network.set('pass');
  }
}

function memberOf({ members }: Stack, name: string): Member {
  const member = members.find((each) => each.name === name);
  if (!member) throw new RangeError(`there is no ${name}`);
  return member;
}
