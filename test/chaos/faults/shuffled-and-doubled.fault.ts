import kafkajs from 'kafkajs';
import { kafkaOf } from '../oracle/topic.js';
import type { Fault } from './fault.js';
import { sampleOfLog } from './sample-of-log.js';

const TIED = 5;

/** Statements of one moment in any order, then the last messages of the log a second time, in another one: nothing changes. */
export const shuffledAndDoubled: Fault = {
  name: 'F37 shuffled and doubled',
  targetMs: 10_000,
  async inject(scene, random) {
    const { stack, load } = scene;
    await Promise.all(load.agents.map((agent) => agent.send(random.shuffled(agent.teller.tied(TIED)), 'array')));
    const sample = random.shuffled(await sampleOfLog(scene, 400)).slice(0, 250);
    const producer = kafkaOf(stack.brokerUrls).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    for (const [topic, ofTopic] of Map.groupBy(sample, (each) => each.topic)) {
      const messages = ofTopic.map(({ partition, message: { key, value, headers } }) => ({
        partition,
        key,
        value,
        headers,
      }));
      await producer.send({ topic, messages, acks: -1 });
    }
    await producer.disconnect();
  },
};
