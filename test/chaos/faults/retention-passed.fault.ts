import { setTimeout as pause } from 'node:timers/promises';
import { contentKey } from '../history.js';
import { pathOf, TOPICS } from '../forms.js';
import type { Statement } from '../message.js';
import type { Seen } from '../oracle/evidence.js';
import { readEnds, withAdmin } from '../oracle/topic.js';
import type { Random } from '../random.js';
import type { Stack } from '../stack.js';
import type { Fault, Scene } from './fault.js';
import { complain, haltAndAdopt, judgeHalt, readPositions } from './log-halt.js';

const LEAST = 3;

interface Gap {
  place: string;
  /** Offsets that nobody read, and that the log let go. */
  from: bigint;
  to: bigint;
}

/** Nobody reads for longer than the log keeps: what is gone is told in numbers, and the agency sends it again. */
export const retentionPassed: Fault = {
  name: 'F15 retention passed the position',
  layout: 'cut-log',
  targetMs: 30_000,
  async inject(scene, random) {
    const { stack } = scene;
    await Promise.all(stack.registries.map((registry) => registry.stop()));
    await pause(random.whole(3_000, 5_000));
    const gap = await chooseGap(stack, random);
    await forget(stack, gap);
    for (const registry of stack.registries) void registry.start();
    const told = await haltAndAdopt(scene, new Map([[gap.place, 'gap']]));
    if (!told.includes(`${gap.to - gap.from} were never read and are gone`))
      complain(scene, `the operator read: ${told}`);
    await sendAgain(scene, gap);
  },
  expect: judgeHalt,
};

async function chooseGap(stack: Stack, random: Random): Promise<Gap> {
  const [ends, positions] = [await readEnds(stack.brokerUrls, TOPICS), await readPositions(stack)];
  const unread = [...ends].map(([place, end]) => ({ place, from: positions.get(place) ?? 0n, end }));
  const { place, from, end } = random.pick(unread.filter((each) => each.end - each.from >= LEAST));
  return { place, from, to: from + BigInt(random.whole(1, Number(end - from))) };
}

async function forget({ brokerUrls }: Stack, { place, to }: Gap): Promise<void> {
  const [topic = '', partition] = place.split('/');
  const partitions = [{ partition: Number(partition), offset: to.toString() }];
  await withAdmin(brokerUrls, async (admin) => {
    await admin.fetchTopicOffsets(topic); // kafkajs deletes only where it knows the leaders already
    await admin.deleteTopicRecords({ topic, partitions });
  });
}

/** As an agency does that compares its own books with the registry's. Two contents of one id go in two requests: the second is refused in one. */
async function sendAgain({ history, load }: Scene, gap: Gap): Promise<void> {
  const lost = history.seen.filter((seen) => seen.is === 'ok' && seen.place && isIn(gap, seen.place));
  for (const seen of lost) {
    const agent = load.agents.find(({ client }) => client.agency.source === seen.source);
    const statement = agent && statementOf(history, seen, agent.client.agency.sector);
    if (statement) await agent.send([statement], 'object');
  }
}

const isIn = (
  { place, from, to }: Gap,
  { topic, partition, offset }: NonNullable<Extract<Seen, { is: 'ok' }>['place']>,
) => `${topic}/${partition}` === place && BigInt(offset) >= from && BigInt(offset) < to;

function statementOf({ contents }: Scene['history'], seen: Seen, sector: Statement['sector']): Statement | undefined {
  const content = contents.get(contentKey(seen));
  if (!content) return undefined;
  const { kind, message } = content;
  const { id, digest } = seen;
  return { sector, kind, path: pathOf(sector, kind), id, digest, message: message as Statement['message'] };
}
