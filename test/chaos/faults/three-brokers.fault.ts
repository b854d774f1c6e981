import { setTimeout as pause } from 'node:timers/promises';
import type { Evidence, Miss } from '../oracle/evidence.js';
import { bringBack, pickLeader } from './copies.js';
import { failed, type Fault, type Scene } from './fault.js';
import { listMeanwhile, type Window } from './meanwhile.js';

/** The one that leads partitions is gone at once, and for good: the other two go on, before it is back. */
export const oneOfThreeBrokers: Fault = {
  name: 'F16 one of three brokers killed',
  layout: 'three-brokers',
  targetMs: 30_000,
  async inject({ stack }, random) {
    const lost = await pickLeader(stack, random);
    await lost.member.kill9({ keepDown: true });
    return () => bringBack(stack, [lost]);
  },
};

/**
 * The followers stand still, so that for a moment nobody but the leader has what it is told; then it dies, they go on,
 * and one of them leads without it. Shorter than the time after which brokers give each other up: else the leader would
 * stay the only one that may lead.
 */
export const leaderAlone: Fault = {
  name: 'F16 leader killed while its followers stand still',
  layout: 'three-brokers',
  targetMs: 30_000,
  async inject({ stack }, random) {
    const lost = await pickLeader(stack, random);
    const followers = stack.brokers.filter((broker) => broker !== lost);
    for (const { member } of followers) member.freeze();
    await pause(random.whole(1_600, 2_200));
    await lost.member.kill9({ keepDown: true });
    for (const { member } of followers) member.thaw();
    return () => bringBack(stack, [lost]);
  },
};

const windows = new WeakMap<object, Window>();

/** One of three cannot have two copies of anything: everything is refused, until a second one is back. */
export const twoOfThreeBrokers: Fault = {
  name: 'F16 two of three brokers killed',
  layout: 'three-brokers',
  targetMs: 30_000,
  async inject(scene, random) {
    const { stack } = scene;
    const first = await pickLeader(stack, random);
    const second = random.pick(stack.brokers.filter((broker) => broker !== first));
    await first.member.kill9({ keepDown: true });
    await pause(random.whole(0, 4_000));
    await second.member.kill9({ keepDown: true });
    const from = Date.now();
    await pause(random.whole(7_000, 10_000));
    windows.set(scene, { from, to: Date.now() });
    void random.pick([first, second]).member.start();
    return () => bringBack(stack, [first, second]);
  },
  expect: (evidence, scene) => judgeRefusal(evidence, scene),
};

/** Meanwhile each agency was told to come again, in time, and nothing was accepted. */
function judgeRefusal({ seen }: Evidence, scene: Scene): Miss[] {
  const window = windows.get(scene);
  if (!window) return [];
  const { accepted, refused, unanswered } = listMeanwhile(seen, window);
  return [
    ...accepted.map(({ request }) => failed(`request ${request} was accepted by one broker alone`)),
    ...unanswered.map(({ request }) => failed(`request ${request} had no answer`)),
    ...scene.stack.agencies.flatMap(({ source }) =>
      refused.has(source) ? [] : [failed(`${source} was not told to come again`)],
    ),
  ];
}
