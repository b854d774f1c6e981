import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../tools/local/guarded.mjs';
import { TOPICS } from '../forms.js';
import type { Evidence, Miss } from '../oracle/evidence.js';
import { withAdmin } from '../oracle/topic.js';
import type { Random } from '../random.js';
import type { Broker } from '../servers.js';
import type { Stack } from '../stack.js';
import { failed, type Fault, type Scene } from './fault.js';
import { listMeanwhile, type Window } from './meanwhile.js';

const WHOLE_AGAIN_MS = 90_000;

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

async function pickLeader({ brokers, brokerUrls }: Stack, random: Random): Promise<Broker> {
  const leaders = new Set((await listPartitions(brokerUrls)).map(({ leader }) => leader));
  return random.pick(brokers.filter(({ id }) => leaders.has(id)));
}

/** Until every partition has its three copies again: else the next fault would find less than it should. */
async function bringBack({ brokerUrls }: Stack, brokers: readonly Broker[]): Promise<void> {
  for (const { member } of brokers) void member.start();
  await until(async () => ((await areWhole(brokerUrls)) ? true : undefined), {
    withinMs: WHOLE_AGAIN_MS,
    what: 'three copies of every partition',
  });
}

async function areWhole(brokerUrls: string[]): Promise<boolean> {
  try {
    return (await listPartitions(brokerUrls)).every(({ isr }) => isr.length === brokerUrls.length);
  } catch {
    return false; // nobody answers yet
  }
}

const listPartitions = (brokerUrls: string[]) =>
  withAdmin(brokerUrls, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: TOPICS });
    return topics.flatMap(({ partitions }) => partitions);
  });
