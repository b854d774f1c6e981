import { readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { topicOf } from '../forms.js';
import type { Fault } from './fault.js';
import { haltAndAdopt, judgeHalt, untilRead } from './log-halt.js';

const MOST_BATCHES = 3;

/** The broker comes back without the last messages of a partition, which were read, as after a lost disk cache. */
export const logTruncated: Fault = {
  name: 'F15 log truncated',
  layout: 'cut-log',
  targetMs: 30_000,
  async inject(scene, random) {
    const { stack, history } = scene;
    const agent = random.pick(scene.load.agents);
    const { sector, source } = agent.client.agency;
    await agent.stop();
    const ends = await untilRead(stack, topicOf(sector));
    const [place] = random.pick([...ends].filter(([, end]) => end > 0n));
    await stack.kafka.kill9({ keepDown: true });
    loseEnd(join(stack.kafkaLogDir, place.replace('/', '-')), random.whole(1, MOST_BATCHES));
    history.cut(source);
    await stack.kafka.start();
    agent.start();
    await haltAndAdopt(scene, new Map([[place, 'diverged']]));
  },
  expect: judgeHalt,
};

/** Takes the last record batches off a partition's newest segment: each begins with its first offset (8 bytes) and its length (4). */
function loseEnd(folder: string, count: number): void {
  const files = readdirSync(folder);
  const newest = files
    .filter((file) => file.endsWith('.log'))
    .toSorted()
    .at(-1);
  if (newest === undefined) throw new Error(`no segment in ${folder}`);
  const bytes = readFileSync(join(folder, newest));
  const starts: number[] = [];
  for (let at = 0; at + 12 <= bytes.length; at += 12 + bytes.readInt32BE(at + 8)) starts.push(at);
  truncateSync(join(folder, newest), starts.at(-count) ?? 0);
  // The broker makes these anew.
  for (const file of files) if (/\.(index|timeindex|snapshot)$/u.test(file)) rmSync(join(folder, file));
}
