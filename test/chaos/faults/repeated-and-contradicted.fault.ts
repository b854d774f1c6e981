import type { Statement } from '../message.js';
import { failed, type Fault } from './fault.js';

const AT_ONCE = 25;
const conflicts = new WeakMap<object, Statement[]>();

/** The same message many times at the same moment, then other content under its id. */
export const repeatedAndContradicted: Fault = {
  name: 'F7/F8 repeats in parallel, and conflicts',
  targetMs: 10_000,
  async inject(scene) {
    const contradicted: Statement[] = [];
    await Promise.all(
      scene.load.agents.map(async (agent) => {
        const first = agent.teller.fresh();
        await Promise.all(Array.from({ length: AT_ONCE }, () => agent.send([first], 'object')));
        await agent.flush(10_000);
        const other = agent.teller.conflict(first);
        await Promise.all(Array.from({ length: 3 }, () => agent.send([other], 'array')));
        await agent.flush(10_000);
        contradicted.push(other);
      }),
    );
    conflicts.set(scene, contradicted);
  },
  expect({ ledger }, scene) {
    return (conflicts.get(scene) ?? []).flatMap(({ id, digest }) => {
      const letters = ledger.letters.filter((letter) => letter.id === id && letter.digest === digest);
      return letters.length >= 3 && letters.every(({ code }) => code === 'event.conflict')
        ? []
        : [
            failed(
              `${letters.length} letters tell of the conflict about ${id}, expected one for each time it was sent`,
            ),
          ];
    });
  },
};
