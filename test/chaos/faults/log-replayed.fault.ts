import { runTool } from '../stack.js';
import { readEnds } from '../oracle/topic.js';
import { SECTORS } from '../forms.js';
import type { Fault } from './fault.js';

/** An operator moves every position back to the beginning: the whole log comes again, and all of it is known already. */
export const logReplayed: Fault = {
  name: 'F38 topics replayed onto the full registry',
  targetMs: 60_000,
  async inject({ stack }) {
    const topics = SECTORS.map((sector) => `simpul.${sector}.events.v1`);
    const ends = await readEnds(stack.brokers, topics);
    for (const [place, end] of ends) if (end > 0n) await runTool(['log', 'move', place, '0', '--go'], stack.settings);
  },
};
