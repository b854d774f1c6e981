import { setTimeout as pause } from 'node:timers/promises';
import { calendar } from '../tools/demo/plan/calendar.js';
import type { Push } from '../tools/demo/plan/push.js';
import { stockPushes } from '../tools/demo/plan/stock.js';
import { makePopulation } from '../tools/demo/population/population.js';
import { clientsOf } from '../tools/demo/run/agency-clients.js';
import { Sending } from '../tools/demo/run/sending.js';
import { megabytes, readMemory } from './process-memory.js';
import { startHub } from './product.js';
import type { Outcome, StageOn, Workload } from './workload.js';

type Stage = StageOn<'foundation'>;

const SEED = 1;
const REST_MS = 5_000;

/** All apps in one process, as a small office runs them, before and after a month of a kelurahan. */
export const small: Workload = {
  name: 'small',
  needs: 'foundation',
  figures: [
    { key: 'ready', target: 'S11', says: 'start of the hub to its readiness', unit: 's', bound: { atMost: 4 } },
    {
      key: 'resident',
      target: 'S11',
      says: 'resident memory of the hub after a month of demonstration (in a quick run five days)',
      unit: 'MB',
      bound: { atMost: 300 },
    },
  ],
  run: async ({ foundation, isQuick, say, stop }) => {
    const hub = await startHub(foundation, stop);
    try {
      const pushes = month(isQuick ? { persons: 2_000, days: 5 } : { persons: 10_000, days: 30 });
      const sending = new Sending(clientsOf(foundation));
      const accepted = await sending.send(pushes);
      await sending.judged(accepted);
      await pause(isQuick ? REST_MS / 2 : REST_MS, undefined, { signal: stop });
      const memory = readMemory(hub.pid);
      say(
        `${accepted.length} messages judged; the hub has ${megabytes(memory.now)} MB, its peak ${megabytes(memory.peak)} MB`,
      );
      await hub.stop();
      const ready = await secondsToReady({ foundation, stop });
      return outcomeOf({ ready, memory, pushes: pushes.length, accepted: accepted.length });
    } finally {
      await hub.stop();
    }
  },
};

function outcomeOf({
  ready,
  memory,
  pushes,
  accepted,
}: {
  ready: number;
  memory: { now: number; peak: number };
  pushes: number;
  accepted: number;
}): Outcome {
  const fault = accepted === pushes ? undefined : `${accepted} of ${pushes} messages were accepted`;
  return {
    values: { ready, resident: megabytes(memory.now) },
    details: { 'peak, MB': megabytes(memory.peak), messages: accepted },
    ...(fault !== undefined && { fault }),
  };
}

/** Of a hub that finds the month in its database. */
async function secondsToReady({ foundation, stop }: Pick<Stage, 'foundation' | 'stop'>): Promise<number> {
  const from = performance.now();
  const hub = await startHub(foundation, stop);
  const seconds = Math.round((performance.now() - from) / 10) / 100;
  await hub.stop();
  return seconds;
}

function month({ persons, days }: { persons: number; days: number }): Push[] {
  const population = makePopulation({ seed: SEED, persons });
  const following = calendar(SEED, population);
  const daily = Array.from({ length: days }, () => following.next().value.pushes);
  return [...stockPushes(SEED, population), ...daily.flat()];
}
