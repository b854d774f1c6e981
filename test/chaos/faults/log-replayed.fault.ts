import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stack } from '../stack.js';
import { readEnds } from '../oracle/topic.js';
import { SECTORS } from '../message.js';
import type { Fault } from './fault.js';

/** An operator moves every position back to the beginning: the whole log comes again, and all of it is known already. */
export const logReplayed: Fault = {
  name: 'F38 topics replayed onto the full registry',
  targetMs: 60_000,
  async inject({ stack }) {
    const topics = SECTORS.map((sector) => `simpul.${sector}.events.v1`);
    const ends = await readEnds(stack.brokers, topics);
    for (const [place, end] of ends) if (end > 0n) await moveBack(stack, place);
  },
};

async function moveBack({ settings }: Stack, place: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['dist/tools/log/main.js', 'move', place, '0', '--go'], {
    env: { PATH: process.env['PATH'], ...settings },
    timeout: 30_000,
  });
}
