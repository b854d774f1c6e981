import type { Statement } from '../message.js';
import { failed, type Fault } from './fault.js';

const AT_ONCE = 25;
const CONTRADICTED = 3;
const told = new WeakMap<object, [first: Statement, other: Statement][]>();

/** The same message many times at the same moment, then other content under its id. */
export const repeatedAndContradicted: Fault = {
  name: 'F7/F8 repeats in parallel, and conflicts',
  targetMs: 10_000,
  async inject(scene) {
    const pairs: [Statement, Statement][] = [];
    await Promise.all(
      scene.load.agents.map(async (agent) => {
        const first = agent.teller.fresh();
        await Promise.all(Array.from({ length: AT_ONCE }, () => agent.send([first], 'object')));
        await agent.flush(10_000);
        const other = agent.teller.conflict(first);
        await Promise.all(Array.from({ length: CONTRADICTED }, () => agent.send([other], 'array')));
        await agent.flush(10_000);
        pairs.push([first, other]);
      }),
    );
    told.set(scene, pairs);
  },
  // Two contents of one id may lie in two partitions: the one that is read first is the one that stays.
  expect({ ledger }, scene) {
    return (told.get(scene) ?? []).flatMap(([first, other]) => {
      const isKept = ({ digest }: Statement) => ledger.revisions.some((row) => row.digest === digest);
      const [loser, times] = isKept(first) ? [other, CONTRADICTED] : [first, AT_ONCE];
      const letters = ledger.letters.filter(({ id, digest }) => id === loser.id && digest === loser.digest);
      if (isKept(first) !== isKept(other) && letters.length >= times) return [];
      return [
        failed(`${letters.length} letters tell of the conflict about ${loser.id}, which was sent ${times} times`),
      ];
    });
  },
};
