import type { Scene } from './fault.js';
import { TOPICS } from '../forms.js';
import { lastOfEach, type LogMessage, readEnds, readTopics } from '../oracle/topic.js';

const LAST = 60;

/** Some of the last messages that adapters wrote. */
export async function sampleOfLog({ stack: { brokerUrls }, planted }: Scene, count: number): Promise<LogMessage[]> {
  const ends = await readEnds(brokerUrls, TOPICS);
  const ours = new Set(planted.map(({ topic, partition, offset }) => `${topic}/${partition}@${offset}`));
  const written = (await readTopics(brokerUrls, ends, lastOfEach(ends, LAST))).filter(
    ({ topic, partition, message: { offset } }) => !ours.has(`${topic}/${partition}@${offset}`),
  );
  return written.toSorted((a, b) => Number(a.message.timestamp) - Number(b.message.timestamp)).slice(-count);
}
