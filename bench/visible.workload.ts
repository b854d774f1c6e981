import { sourceOf } from '../tools/demo/plan/agencies.js';
import type { Push } from '../tools/demo/plan/push.js';
import { stockPushes } from '../tools/demo/plan/stock.js';
import { makePopulation, type Population, type Resident } from '../tools/demo/population/population.js';
import { clientsOf } from '../tools/demo/run/agency-clients.js';
import { Sending } from '../tools/demo/run/sending.js';
import { tellAll } from './details.js';
import { GROWTH_ROUTE, growthIdStart, growthMessage } from './growth-message.js';
import { spreadOf } from './percentile.js';
import { keepSchedule } from './schedule.js';
import { GIVE_UP_MS, TimelineReader } from './timeline-reader.js';
import { Wire } from './wire.js';
import type { Grounds, Outcome, Stage as AnyStage, Workload } from './workload.js';

type Stage = AnyStage & Pick<Grounds, 'installation'>;

const PER_SECOND = 50;
const SECONDS = 60;
const WARM_UP_SECONDS = 5;
const PROBE_EVERY = 10;
/** Each has a place in the timeline of its own: one event for each resident. */
const RESIDENTS = 4_000;
const SEED = 1;

/** How long until a pushed event stands in the person's timeline, under a steady load of single pushes. */
export const visible: Workload = {
  name: 'visible',
  needs: 'installation',
  notQuick: 'a percentile needs a minute of load',
  figures: [
    {
      key: 'p99',
      says: 'scheduled start of a push to the answer that shows it, p99',
      unit: 'ms',
      bound: { atMost: 400 },
    },
  ],
  run: async (stage) => {
    const population = makePopulation({ seed: SEED, persons: RESIDENTS });
    await takeStock(stage, population);
    const wire = await Wire.open(stage.installation);
    try {
      return await measure(stage, wire, population.residents);
    } finally {
      wire.close();
    }
  },
};

/** What stood in the agencies' files before, so that the residents have timelines already. */
async function takeStock({ installation, say }: Stage, population: Population): Promise<void> {
  const sending = new Sending(clientsOf(installation));
  const stock = [...stockPushes(SEED, population), ...population.residents.map(firstVisit)];
  say(`Stock of ${population.residents.length} residents: ${stock.length} messages`);
  await sending.judged(await sending.send(stock));
}

/** An agency sees those whom it knows itself. */
const firstVisit = (resident: Resident): Push => ({
  source: sourceOf('health'),
  sector: 'health',
  path: 'growth-measurements',
  message: growthMessage(resident, 0),
  quality: 'good',
});

async function measure(stage: Stage, wire: Wire, residents: readonly Resident[]): Promise<Outcome> {
  const { say } = stage;
  const warm = residents.slice(0, PER_SECOND * WARM_UP_SECONDS);
  const measured = residents.slice(warm.length, warm.length + PER_SECOND * SECONDS);
  const ids = await lookUp(wire, [...warm, ...measured].filter(isProbed));
  say(`Warm-up of ${WARM_UP_SECONDS} s`);
  say(`Warm-up: ${tell(await new Load(stage, wire, ids).run(warm))}`);
  say(`${PER_SECOND} pushes/s for ${SECONDS} s, every ${PROBE_EVERY}th looked for`);
  const outcome = await new Load(stage, wire, ids).run(measured);
  say(tell(outcome));
  return outcome;
}

const isProbed = (_resident: Resident, place: number): boolean => place % PROBE_EVERY === 0;

/** The ids that this agency knows the residents by. */
async function lookUp(wire: Wire, residents: readonly Resident[]): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  for (const { index, nik } of residents) ids.set(index, await wire.idOf(nik));
  return ids;
}

const tell = ({ details, fault }: Outcome): string => [tellAll(details), ...(fault ? [fault] : [])].join(', ');

/** Pushes one message for each resident on schedule, and looks for every tenth. */
class Load {
  private readonly reader: TimelineReader;
  private readonly refused: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly wire: Wire,
    private readonly ids: ReadonlyMap<number, string>,
  ) {
    this.reader = new TimelineReader(wire, stage.stop);
  }

  async run(residents: readonly Resident[]): Promise<Outcome> {
    const { stop, say } = this.stage;
    const pushes: Promise<void>[] = [];
    const probes: Promise<number | undefined>[] = [];
    const telling = setInterval(() => say(`${pushes.length} of ${residents.length} pushed`), 10_000);
    try {
      await keepSchedule({ perSecond: PER_SECOND, count: residents.length, stop }, (place, scheduled) => {
        const resident = residents[place];
        if (!resident) return;
        pushes.push(this.push(resident));
        if (isProbed(resident, place)) probes.push(this.probe(resident, scheduled));
      });
      await Promise.all(pushes);
      return this.outcome(await Promise.all(probes), pushes.length);
    } finally {
      clearInterval(telling);
    }
  }

  private async push(resident: Resident): Promise<void> {
    const { status } = await this.wire.post(GROWTH_ROUTE, growthMessage(resident, 1));
    if (status !== 202) this.refused.push(String(status));
  }

  private probe(resident: Resident, scheduled: number): Promise<number | undefined> {
    const id = this.ids.get(resident.index) ?? '';
    return this.reader.look({ id, reference: growthIdStart(resident, 1), scheduled });
  }

  private outcome(probed: readonly (number | undefined)[], pushed: number): Outcome {
    const latencies = probed.filter((latency) => latency !== undefined);
    const share = Math.round((1_000 * this.reader.requests) / (this.reader.requests + pushed)) / 10;
    const details = { probed: probed.length, 'probes % of requests': share };
    const fault = this.findFault(probed.length - latencies.length, pushed);
    if (latencies.length === 0) return { values: {}, details, fault: fault ?? 'nothing was looked for' };
    const spread = spreadOf(latencies);
    return { values: { p99: spread.p99 }, details: { ...spread, ...details }, ...(fault !== undefined && { fault }) };
  }

  private findFault(hidden: number, pushed: number): string | undefined {
    const { refused } = this;
    if (refused.length > 0)
      return `${refused.length} of ${pushed} pushes were not accepted, the first with ${refused[0]}`;
    return hidden > 0 ? `${hidden} events were not visible within ${GIVE_UP_MS} ms` : undefined;
  }
}
