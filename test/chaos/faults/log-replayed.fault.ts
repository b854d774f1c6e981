import { runTool } from '../stack.js';
import { readEnds } from '../oracle/topic.js';
import { TOPICS } from '../forms.js';
import type { Fault } from './fault.js';

/** An operator moves every position back to the beginning: the whole log comes again, and all of it is known already. */
export const logReplayed: Fault = {
  name: 'F38 topics replayed onto the full registry',
  targetMs: 60_000,
  async inject({ stack }) {
    const ends = await readEnds(stack.brokerUrls, TOPICS);
    for (const [place, end] of ends)
      if (end > 0n) await runTool(stack.builds.plain, ['log', 'move', place, '0', '--go'], stack.settings);
  },
};
