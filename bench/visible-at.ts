import { setTimeout as pause } from 'node:timers/promises';
import { arrayBodies, growthMessages } from './growth-load.js';
import { GROWTH_ROUTE, growthIdStart } from './growth-message.js';
import type { Stage, Way } from './way.js';
import { spreadOf } from './percentile.js';
import { keepSchedule } from './schedule.js';
import { type Probe, TimelineReader } from './timeline-reader.js';
import type { Wire } from './wire.js';
import type { Outcome } from './workload.js';

const SHARES = [1, 30, 50];
const SECONDS = 30;
const WARM_UP_SECONDS = 3;
const PUSHES_PER_SECOND = 50;
const PROBES_PER_SECOND = 5;
const READERS = 4;
const BETWEEN_MS = 2_000;

/** Push to visible at shares of the maximum: pushes on an open-loop schedule, the larger the higher the share. */
export async function measureVisible(stage: Stage, way: Way, maximum: number): Promise<Outcome> {
  if (stage.isQuick)
    return { values: {}, details: {}, unknown: 'a percentile needs half a minute of load at each share' };
  const values: Record<string, number> = {};
  const details: Record<string, number> = {};
  for (const share of SHARES) {
    const perSecond = Math.max(1, Math.round((maximum * share) / 100));
    await new Level(stage, way, perSecond).run(WARM_UP_SECONDS);
    const spread = await new Level(stage, way, perSecond).run(SECONDS);
    stage.say(`Visible at ${share} % (${perSecond} events/s): ${JSON.stringify(spread)}`);
    values[`p99 at ${share} %`] = spread.p99;
    details[`p50 at ${share} %, ms`] = spread.p50;
    await pause(BETWEEN_MS, undefined, { signal: stage.stop });
  }
  return { values, details };
}

/** One load for some seconds. */
class Level {
  private readonly pushesPerSecond: number;
  private readonly size: number;
  private readonly every: number;

  constructor(
    private readonly stage: Stage,
    private readonly way: Way,
    perSecond: number,
  ) {
    this.pushesPerSecond = Math.min(perSecond, PUSHES_PER_SECOND);
    this.size = Math.round(perSecond / this.pushesPerSecond);
    this.every = Math.max(1, Math.round(this.pushesPerSecond / PROBES_PER_SECOND));
  }

  async run(seconds: number): Promise<ReturnType<typeof spreadOf>> {
    const { product, residents, sent } = this.way;
    const { wire, reader } = product;
    const count = Math.round(this.pushesPerSecond * seconds);
    const bodies = arrayBodies([...growthMessages(residents, sent, count * this.size)], this.size);
    this.way.sent += count * this.size;
    const readers = Array.from({ length: READERS }, () => new TimelineReader(reader, this.stage.stop));
    const probes = await this.probesOf(reader, sent, count);
    const pushes: Promise<void>[] = [];
    const seen: Promise<number | undefined>[] = [];
    await keepSchedule({ perSecond: this.pushesPerSecond, count, stop: this.stage.stop }, (place, scheduled) => {
      pushes.push(push(wire, bodies[place] ?? ''));
      const probe = probes.get(place);
      if (probe) seen.push(look(readers[seen.length % READERS], { ...probe, scheduled }));
    });
    await Promise.all(pushes);
    return spreadOf(shown(await Promise.all(seen)));
  }

  /** Of every so-manieth push the first message is looked for; by the number of the push. */
  private async probesOf(wire: Wire, from: number, count: number): Promise<Map<number, Omit<Probe, 'scheduled'>>> {
    const { residents } = this.way;
    const probes = new Map<number, Omit<Probe, 'scheduled'>>();
    for (let number = 0; number < count; number += this.every) {
      const place = from + number * this.size;
      const resident = residents[place % residents.length];
      const visit = Math.floor(place / residents.length);
      if (!resident) continue;
      probes.set(number, { id: await wire.idOf(resident.nik), reference: growthIdStart(resident, visit) });
    }
    return probes;
  }
}

async function look(reader: TimelineReader | undefined, probe: Probe): Promise<number | undefined> {
  return reader?.look(probe);
}

function shown(latencies: readonly (number | undefined)[]): number[] {
  const found = latencies.filter((latency) => latency !== undefined);
  if (found.length < latencies.length) throw new Error(`${latencies.length - found.length} events were never visible`);
  return found;
}

async function push(wire: Wire, body: string): Promise<void> {
  const { status } = await wire.postJson(GROWTH_ROUTE, body);
  if (status !== 202) throw new Error(`a push was answered ${status}`);
}
