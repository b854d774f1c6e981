import { withConnection } from '@simpul/database';
import { makePopulation, type Resident } from '../tools/demo/population/population.js';
import { arrayBodies, growthMessages, ndjsonBodies, readTally, sendStreams } from './growth-load.js';
import { GROWTH_ROUTE } from './growth-message.js';
import { percentile } from './percentile.js';
import { readMemory } from './process-memory.js';
import { startHub, untilApplied } from './product.js';
import { keepSchedule } from './schedule.js';
import { Wire } from './wire.js';
import type { Outcome, StageOn, Workload } from './workload.js';

type Stage = StageOn<'foundation'>;

const SEED = 1;
/** As many as it takes for no visit to lie in the future. */
const RESIDENTS = 150_000;
const STREAMS = 4;
const FIRST_EVENTS = 40_000;
const MINUTES = 30;
const PUSHES_PER_SECOND = 10;
const WITHIN_MS = 120_000;
/** Taken, or to be sent again: a computer that does other work for a moment may say so. */
const EXPECTED = new Set([202, 429, 503]);
const MOST_REFUSED = 0.02;
/** The pieces of the run that are compared: the second fifth, when all is warm, and the last. */
const PIECES = 5;

/** Whether the hub needs more and more memory under a load that does not change. */
export const endurance: Workload = {
  name: 'endurance',
  needs: 'foundation',
  notQuick: `it takes ${MINUTES} minutes`,
  once: true,
  minutes: MINUTES + 8,
  figures: [
    {
      key: 'growth',
      target: 'S11',
      says: `growth of the hub's resident memory over ${MINUTES} minutes at 50 %: median of the last fifth against the second`,
      unit: 'MB',
      bound: { atMost: 20 },
    },
  ],
  run: async (stage) => {
    const { foundation, stop } = stage;
    const hub = await startHub(foundation, stop);
    const wire = await Wire.open(foundation);
    try {
      const { residents } = makePopulation({ seed: SEED, persons: RESIDENTS });
      const maximum = await measureMaximum(stage, wire, residents);
      return await new Endurance(stage, wire, { pid: hub.pid, perSecond: maximum / 2, residents }).run();
    } finally {
      wire.close();
      await hub.stop();
    }
  },
};

async function measureMaximum(
  { foundation, stop }: Stage,
  wire: Wire,
  residents: readonly Resident[],
): Promise<number> {
  const bodies = ndjsonBodies([...growthMessages(residents, 0, FIRST_EVENTS)], STREAMS);
  const from = performance.now();
  await sendStreams(wire, bodies, { stop });
  const until = await withConnection(foundation.ownerUrl, (client) => untilApplied(client, FIRST_EVENTS, WITHIN_MS));
  return (1_000 * FIRST_EVENTS) / (until - from);
}

interface Load {
  /** The hub's process. */
  pid: number;
  perSecond: number;
  residents: readonly Resident[];
}

/** The steady load, and what the hub needs meanwhile. */
class Endurance {
  private readonly size: number;
  private readonly count = MINUTES * 60 * PUSHES_PER_SECOND;
  private readonly resident: number[] = [];
  private readonly stray: number[] = [];
  private accepted = 0;

  constructor(
    private readonly stage: Stage,
    private readonly wire: Wire,
    private readonly load: Load,
  ) {
    this.size = Math.max(1, Math.round(load.perSecond / PUSHES_PER_SECOND));
  }

  async run(): Promise<Outcome> {
    const { foundation, say, stop } = this.stage;
    const pushes: Promise<void>[] = [];
    say(`${MINUTES} minutes of ${this.size * PUSHES_PER_SECOND} events/s`);
    await keepSchedule({ perSecond: PUSHES_PER_SECOND, count: this.count, stop }, (place) => {
      pushes.push(this.push(place));
      this.resident.push(readMemory(this.load.pid).now / 1e6);
    });
    await Promise.all(pushes);
    const applied = FIRST_EVENTS + this.accepted;
    await withConnection(foundation.ownerUrl, (client) => untilApplied(client, applied, WITHIN_MS));
    return this.outcome();
  }

  private async push(place: number): Promise<void> {
    const from = FIRST_EVENTS + place * this.size;
    const [body = ''] = arrayBodies([...growthMessages(this.load.residents, from, this.size)], this.size);
    const { status, body: answer } = await this.wire.postJson(GROWTH_ROUTE, body);
    this.accepted += readTally(answer)?.accepted ?? 0;
    if (!EXPECTED.has(status)) this.stray.push(status);
  }

  private outcome(): Outcome {
    const { count, size } = this;
    const [second, last] = [this.fifth(1), this.fifth(PIECES - 1)];
    const refused = 1 - this.accepted / (count * size);
    const details = {
      'events/s': size * PUSHES_PER_SECOND,
      'refused, %': Math.round(1_000 * refused) / 10,
      'second fifth, MB': Math.round(second),
      'last fifth, MB': Math.round(last),
    };
    const fault = this.findFault(refused);
    const values = { growth: Math.round(10 * (last - second)) / 10 };
    return { values, details, ...(fault !== undefined && { fault }) };
  }

  private findFault(refused: number): string | undefined {
    const [first] = this.stray;
    if (first !== undefined)
      return `${this.stray.length} of ${this.count} pushes were answered otherwise, the first with ${first}`;
    return refused > MOST_REFUSED ? `${Math.round(100 * refused)} % was refused: that is no load of 50 %` : undefined;
  }

  private fifth(number: number): number {
    const from = (number * this.count) / PIECES;
    return percentile(this.resident.slice(from, from + this.count / PIECES), 0.5);
  }
}
