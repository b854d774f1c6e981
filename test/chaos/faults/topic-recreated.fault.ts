import { topicOf } from '../forms.js';
import { readEnds, withAdmin } from '../oracle/topic.js';
import { runTool, type Stack } from '../stack.js';
import type { Fault } from './fault.js';
import { haltAndAdopt, judgeHalt, untilRead } from './log-halt.js';

const AT_ONCE = 300;

/** A topic is deleted and made anew; in every second trial the new log is at once longer than the old one was. */
export const topicRecreated: Fault = {
  name: 'F15 topic deleted and made anew',
  layout: 'cut-log',
  targetMs: 30_000,
  async inject(scene, random) {
    const { stack, history, seed } = scene;
    const agent = random.pick(scene.load.agents);
    const { sector, source } = agent.client.agency;
    const topic = topicOf(sector);
    await agent.stop();
    const ends = await untilRead(stack, topic);
    await withAdmin(stack.brokerUrls, (admin) => admin.deleteTopics({ topics: [topic] }));
    await runTool(stack.builds.plain, ['topics', 'apply', '--partitions', String(ends.size)], stack.settings);
    history.cut(source);
    if (seed % 2 === 0) while (!(await isLonger(stack, topic, ends))) await agent.tell(AT_ONCE);
    agent.start();
    const read = [...ends].filter(([, end]) => end > 0n);
    await haltAndAdopt(scene, new Map(read.map(([place]) => [place, 'diverged'])));
  },
  expect: judgeHalt,
};

async function isLonger({ brokerUrls }: Stack, topic: string, former: ReadonlyMap<string, bigint>): Promise<boolean> {
  const ends = await readEnds(brokerUrls, [topic]);
  return [...former].every(([place, end]) => (ends.get(place) ?? 0n) > end);
}
