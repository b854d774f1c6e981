import { makePopulation } from '../tools/demo/population/population.js';
import { nodeFlagsOf } from '../tools/node-flags.mjs';
import { arrayBodies, growthMessages, inParallel, ndjsonBodies, sendStreams } from './growth-load.js';
import { GROWTH_ROUTE } from './growth-message.js';
import { startNodePeer } from './peer-process.js';
import { CpuMeter } from './process-cpu.js';
import { startProduct } from './product.js';
import type { Wire } from './wire.js';
import type { Outcome, StageOn, Workload } from './workload.js';

type Stage = StageOn<'foundation'>;

/** Everything is done but publishing, so that what is measured is the intake alone. */
const CHECK_ONLY = '?check=only';
const SEED = 1;
const SIZE = 500;
const CONNECTIONS = 8;
/** Product and peer take turns. */
const FULL = { events: 20_000, singles: 2_500, warmUp: 10_000, turns: 4 };
const QUICK = { events: 5_000, singles: 1_000, warmUp: 4_000, turns: 2 };

/**
 * What the intake costs on the processor, by the form of the body.
 *
 * The peer is node:http with the same validator, the same answers and the same flags of Node. The validator is all that
 * decides what is said of an item: the token and its scope, the strict reading of the text (UTF-8, no member twice, depth,
 * counts, numbers, no text that cannot be stored), the schema, the rules of revision and time, repeats and conflicts of one
 * request, the findings on each NIK. The peer calls the libraries' functions for these and writes the rest down for this
 * one message. What it does without is what the product adds to it: routes, guards and pipes, limits of bodies and time,
 * quotas, metrics, kinds and their translation, problems in two languages, back-pressure: its NDJSON is read whole.
 */
export const intake: Workload = {
  name: 'intake',
  needs: 'foundation',
  figures: [
    {
      key: 'batch',
      target: 'S5',
      says: `CPU of an event in an array of ${SIZE}, checked in full, against node:http with the same validator`,
      unit: '×',
      bound: { atMost: 1.25 },
    },
    {
      key: 'array',
      target: 'S5',
      says: `events per CPU second in arrays of ${SIZE}, against one a request`,
      unit: '×',
      bound: { atLeast: 8 },
    },
    {
      key: 'lines',
      target: 'S5',
      says: 'events per CPU second in NDJSON, against one a request',
      unit: '×',
      bound: { atLeast: 8 },
    },
  ],
  run: async (stage) => {
    const { foundation, stop } = stage;
    const product = await startProduct(foundation, { registries: 0 }, stop);
    const { wire, adapter, issuerUrl } = product;
    const { peer, url } = await startNodePeer('bare-http', 'bare', {
      folder: foundation.folder,
      env: { ISSUER_URL: issuerUrl },
      flags: nodeFlagsOf('adapter-health'),
    });
    const bare = wire.at(url);
    try {
      await expectSameAnswers(wire, bare);
      const ours = new Intake(wire, adapter.pid, stop);
      const theirs = new Intake(bare, peer.pid, stop);
      return await measure(stage, ours, theirs);
    } finally {
      bare.close();
      await peer.stop();
      await product.stop();
    }
  },
};

async function measure({ isQuick, say }: Stage, ours: Intake, theirs: Intake): Promise<Outcome> {
  const { events, singles, warmUp, turns } = isQuick ? QUICK : FULL;
  for (const side of [ours, theirs]) await side.warmUp(warmUp);
  for (let turn = 0; turn < turns; turn++) {
    for (const side of turn % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
      await side.arrays(events);
      await side.lines(events);
      await side.singles(singles);
    }
  }
  const [our, their] = [ours.costs(), theirs.costs()];
  say(`µs of CPU for an event: ours ${JSON.stringify(our)}, node:http ${JSON.stringify(their)}`);
  const details = Object.fromEntries(
    FORMS.flatMap((form) => [
      [`${form}: µs/event`, our[form]],
      [`node:http: ${form}: µs/event`, their[form]],
    ]),
  ) as Record<string, number>;
  return {
    values: {
      batch: ratio(our.array, their.array),
      array: ratio(our.single, our.array),
      lines: ratio(our.single, our.NDJSON),
    },
    details,
  };
}

const ratio = (a: number, b: number): number => Math.round((100 * a) / b) / 100;

const FORMS = ['array', 'NDJSON', 'single'] as const;
type Form = (typeof FORMS)[number];

/** One server's, in three forms, and what they cost. */
class Intake {
  private readonly used: Record<Form, { us: number; events: number }> = {
    array: { us: 0, events: 0 },
    NDJSON: { us: 0, events: 0 },
    single: { us: 0, events: 0 },
  };
  private readonly residents = makePopulation({ seed: SEED, persons: 2_000 }).residents;

  constructor(
    private readonly wire: Wire,
    private readonly pid: number,
    private readonly stop: AbortSignal,
  ) {}

  async warmUp(events: number): Promise<void> {
    await this.arrays(events);
    await this.lines(events);
    await this.singles(1_000);
    for (const form of FORMS) this.used[form] = { us: 0, events: 0 };
  }

  async arrays(events: number): Promise<void> {
    const bodies = arrayBodies(this.messages(events), SIZE);
    await this.meter('array', events, () => inParallel(bodies, CONNECTIONS, (body) => this.post(body, SIZE)));
  }

  async lines(events: number): Promise<void> {
    const bodies = ndjsonBodies(this.messages(events), CONNECTIONS);
    await this.meter('NDJSON', events, async () => {
      const checked = await sendStreams(this.wire, bodies, {
        stop: this.stop,
        query: CHECK_ONLY,
        field: 'wouldBeAccepted',
      });
      if (checked !== events) throw new Error(`${checked} of ${events} lines were found good`);
    });
  }

  async singles(events: number): Promise<void> {
    const bodies = this.messages(events).map((message) => JSON.stringify(message));
    await this.meter('single', events, () => inParallel(bodies, CONNECTIONS, (body) => this.post(body, 1)));
  }

  costs(): Record<Form, number> {
    const told = FORMS.map((form) => [form, Math.round((10 * this.used[form].us) / this.used[form].events) / 10]);
    return Object.fromEntries(told) as Record<Form, number>;
  }

  private messages(events: number): object[] {
    return [...growthMessages(this.residents, 0, events)];
  }

  private async meter(form: Form, events: number, work: () => Promise<void>): Promise<void> {
    this.stop.throwIfAborted();
    const meter = new CpuMeter({ server: this.pid });
    await work();
    this.used[form].us += meter.perEvent(1)['server µs/event'] ?? 0;
    this.used[form].events += events;
  }

  private async post(body: string, events: number): Promise<void> {
    const { status, body: answer } = await this.wire.postJson(GROWTH_ROUTE + CHECK_ONLY, body);
    const isWhole =
      events === 1 ? answer.includes('would-be-accepted') : answer.startsWith(`{"wouldBeAccepted":${events},`);
    if (status !== 200 || !isWhole) throw new Error(`${status} ${answer.slice(0, 300)}`);
  }
}

/** Otherwise the peer would be measured at less work. */
async function expectSameAnswers(wire: Wire, bare: Wire): Promise<void> {
  const { residents } = makePopulation({ seed: SEED, persons: 100 });
  const messages = [...growthMessages(residents, 0, 100)];
  const [first = {}, second = {}] = messages;
  const late = { reference: 'late', measuredAt: '2199-01-01T00:00:00Z' };
  const odd = [{}, first, { ...first, weightKg: 8 }, { ...second, ...late }, { ...second, withdrawn: true, height: 1 }];
  const body = JSON.stringify([...messages, ...odd]);
  const [ours, theirs] = await Promise.all(
    [wire, bare].map(async (each) => {
      const answer = await each.postJson(GROWTH_ROUTE + CHECK_ONLY, body);
      return answer.body.replaceAll(/"instance":"[^"]*"(?:,"traceId":"[0-9a-f]*")?/gu, '');
    }),
  );
  if (ours !== theirs) throw new Error(`node:http answers otherwise:\n${ours}\n${theirs}`);
}
