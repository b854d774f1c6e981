import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import {
  Contract,
  FacilityRef,
  GrowthMeasured,
  growthMeasured,
  Instant,
  PersonRef,
  RecordedAt,
  Reference,
  Revision,
  SameAs,
  Withdrawn,
} from '@simpul/contracts';
import type { Published, PublishRequest } from '@simpul/messaging';
import type { Voice } from './answer.js';
import { prepareEvent, type ReadyEvent } from './item-event.js';
import { type GoodItem, judgeItem } from './item-judgement.js';
import { defineKind, type Kind, toData } from './kind.js';
import { LIMITS, type Limits } from './limits.js';
import { StreamRepeats } from './stream-repeats.js';
import { answerStream, type StreamOptions } from './stream-intake.js';
import { Submission } from './submission.js';

@Contract('TrialMeasurement', { en: 'A measurement', id: 'Pengukuran' })
class TrialMeasurement {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @Instant({ en: 'when', id: 'kapan', group: 'health' })
  measuredAt: string;

  @SameAs(GrowthMeasured)
  child: PersonRef;

  @SameAs(GrowthMeasured)
  facility: FacilityRef;

  @SameAs(GrowthMeasured)
  weightKg: number;

  @SameAs(GrowthMeasured)
  lengthCm?: number;

  @SameAs(GrowthMeasured)
  position?: GrowthMeasured['position'];

  @SameAs(GrowthMeasured)
  gainedCode?: GrowthMeasured['gainedCode'];

  @SameAs(GrowthMeasured)
  sourceHeightForAgeZ?: number;

  @Withdrawn()
  withdrawn?: true;
}

const sample: TrialMeasurement = {
  reference: 'posy-rw03-2026-11-000187',
  recordedAt: '2026-11-15T20:03:11+07:00',
  child: {
    identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' }],
    name: 'CONTOH SATU',
    sex: 'F',
    birthDate: '2024-08-12',
    address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: '003', rt: '007' },
  },
  facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
  measuredAt: '2026-11-12T09:14:00+07:00',
  weightKg: 9.4,
  lengthCm: 79.8,
  position: 'standing',
  gainedCode: 'N',
  sourceHeightForAgeZ: -1.9,
};

const kind: Kind = defineKind<TrialMeasurement, GrowthMeasured>({
  name: 'growth-measurement',
  path: 'growth-measurements',
  en: 'A measurement',
  id: 'Pengukuran',
  message: TrialMeasurement,
  event: growthMeasured,
  timeField: 'measuredAt',
  toEvent: (message) => ({ time: message.measuredAt, data: toData(message, 'measuredAt') }),
  examples: [{ title: { en: 'One', id: 'Satu' }, message: sample }],
});

const context = {
  source: 'puskesmas-tanjung-barat',
  timeZoneOffset: '+07:00',
  pseudonymKey: Buffer.from(Array.from({ length: 32 }, (_, index) => index)),
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};
const now = Date.parse('2026-11-15T13:04:02.000Z');
const judge = (value: unknown, of: Kind = kind) => judgeItem(of, value, { ...context, now });
const ready = (value: unknown, of: Kind = kind): ReadyEvent & Pick<GoodItem, 'id' | 'digest' | 'warnings'> => {
  const item = judge(value, of);
  if ('problem' in item) throw item.problem;
  const { id, digest, warnings } = item;
  return { id, digest, warnings, ...prepareEvent(of, item, { ...context, now }) };
};
const errorsOf = (value: unknown) => {
  const item = judge(value);
  return 'problem' in item ? [item.id, item.problem.code, item.problem.errors?.map(({ pointer }) => pointer)] : 'good';
};
const id = 'growth-measurement/posy-rw03-2026-11-000187/1794747791000';

describe('an item', () => {
  it('becomes the documented event, byte for byte', () => {
    const item = ready(sample);
    expect(item).toMatchObject({ id, digest: '2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50', warnings: [] });
    expect(item.head).toBe(
      `{"specversion":"1.0","id":"${id}","source":"urn:simpul:source:puskesmas-tanjung-barat","type":"id.simpul.health.growth.measured.v1","subject":"JkVzv-RT1KxEebrBUkUtz5HY8oD0WHEDasUA0v68144","time":"2026-11-12T02:14:00.000Z","recordedtime":"2026-11-15T13:03:11.000Z","receivedtime":"2026-11-15T13:04:02.000Z","datacontenttype":"application/jose","dataschema":"urn:simpul:schema:health.growth.measured:1","classification":"specific","traceparent":"${context.traceparent}"}`,
    );
    expect([item.key, item.payload.length]).toEqual(['JkVzv-RT1KxEebrBUkUtz5HY8oD0WHEDasUA0v68144', 476]);
    expect(item.payload).toMatch(/^\{"digest":"2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50","data":\{"child"/u);
  });

  it('says which translation made it only when that was repaired', () => {
    expect(ready(sample, { ...kind, mapping: 1 }).payload).not.toContain('mapping');
    expect(JSON.parse(ready(sample, { ...kind, mapping: 3 }).payload)).toMatchObject({ mapping: 3 });
  });

  it('is refused with its id where the frame is sound', () => {
    const { recordedAt: _recordedAt, ...bare } = sample;
    expect(errorsOf({ ...sample, weightKg: 999 })).toEqual([id, 'validation', ['/weightKg']]);
    expect(errorsOf({ ...sample, recordedAt: 'never', weightKg: 999 })).toEqual([
      undefined,
      'validation',
      ['/recordedAt', '/weightKg'],
    ]);
    expect(errorsOf({ ...bare, withdrawn: true })).toEqual([
      'growth-measurement/posy-rw03-2026-11-000187/0',
      'validation',
      ['/withdrawn'],
    ]);
    for (const odd of [null, 1, 'text', [sample]]) expect(errorsOf(odd)).toEqual([undefined, 'validation', ['']]);
  });

  it.each([
    ['reference', '3174095208249001', 'validation'],
    ['revision', '2026-11-15T13:09:02.001Z', 'time.future'],
    ['revision', '2026-11-15T13:09:02.000Z', 'good'],
    ['recordedAt', '2026-11-15T20:09:02.001+07:00', 'time.future'],
    ['measuredAt', '2026-11-15T20:09:02.001+07:00', 'time.future'],
    ['measuredAt', '2026-11-15T20:09:02+07:00', 'good'],
  ])('with %s %s is %s', (name, value, verdict) => {
    const found = errorsOf({ ...sample, [name]: value });
    expect(found === 'good' ? found : found[1]).toBe(verdict);
  });

  it('keeps a faulty NIK, tells where it is, and does not use it', () => {
    const faulty = structuredClone(sample);
    faulty.child.identifiers = [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174093206909001' }];
    faulty.child.motherNik = '3174';
    const item = ready(faulty);
    expect(item.warnings).toEqual([
      { code: 'nik.day', pointer: '/child/identifiers/0/value' },
      { code: 'nik.format', pointer: '/child/motherNik' },
    ]);
    expect(item.key).not.toBe(ready(sample).key);
    const { birthDate: _birthDate, ...undated } = sample.child;
    expect(ready({ ...sample, child: undated }).warnings.map(({ code }) => code)).toContain('nik.birth_date_missing');
  });
});

const voice: Voice = { language: 'en', instance: '/adapters', traceId: 'trace' };

/** Stands for sealer and broker: the outcome of each item is given out when the spec says so. */
class Outfall {
  readonly taken: PublishRequest[] = [];
  under = 0;
  most = 0;

  constructor(private readonly answer: () => Promise<Published>) {}

  readonly seal = (head: string): string => head;
  readonly publish = async (request: PublishRequest): Promise<Published> => {
    this.taken.push(request);
    this.under += 1;
    this.most = Math.max(this.most, this.under);
    return this.answer().finally(() => {
      this.under -= 1;
    });
  };
}

const accept = (): Promise<Published> => Promise.resolve({ status: 'accepted', partition: 3, offset: '7' });
const begin = (outlet: Outfall, checkOnly = false): Submission =>
  new Submission({ kind, context, checkOnly, repeats: new StreamRepeats(), outlet });
const numbered = (reference: number, more: object = {}): object => ({
  ...sample,
  reference: `r-${reference}`,
  ...more,
});

describe('the items of a request', () => {
  it('are accepted with the place that the broker named', async () => {
    const outlet = new Outfall(accept);
    const outcome = await begin(outlet).settle(sample);
    const receipt = outcome.status === 'accepted' ? outcome.receipt : '';
    const [item, digest, ...place] = JSON.parse(Buffer.from(receipt, 'base64url').toString()) as unknown[];
    expect([item, digest, ...place]).toEqual([id, ready(sample).digest, 'simpul.health.events.v1', 3, '7']);
    expect(outlet.taken).toHaveLength(1);
  });

  it.each([
    ['accepted', 'duplicate', accept],
    ['retry', 'retry', (): Promise<Published> => Promise.resolve({ status: 'retry', reason: 'unsure' })],
  ] as const)('share the outcome of the first: %s makes a repeat %s', async (first, second, answer) => {
    const outlet = new Outfall(answer);
    const submission = begin(outlet);
    const other = { ...sample, weightKg: 9.5 };
    const outcomes = await Promise.all([sample, sample, other].map((value) => submission.settle(value)));
    expect(outcomes.map(({ status }) => status)).toEqual([first, second, 'rejected']);
    expect(outlet.taken).toHaveLength(1);
  });

  it('leave no repeat waiting where the first could not be sealed', async () => {
    const outlet = new Outfall(accept);
    const seal = (): string => {
      throw new Error('no key');
    };
    const submission = new Submission({
      kind,
      context,
      checkOnly: false,
      repeats: new StreamRepeats(),
      outlet: { seal, publish: outlet.publish },
    });
    await expect(submission.settle(sample)).rejects.toThrow('no key');
    expect(await submission.settle(sample)).toEqual({ status: 'retry', id, because: 'broker.unavailable' });
  });

  it('are only judged when asked so', async () => {
    const outlet = new Outfall(accept);
    const submission = begin(outlet, true);
    const outcomes = await Promise.all([sample, sample, {}].map((value) => submission.settle(value)));
    expect(outcomes.map(({ status }) => status)).toEqual(['would-be-accepted', 'duplicate', 'rejected']);
    expect(outlet.taken).toEqual([]);
  });
});

/** What is still in use, without garbage. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

interface Run {
  outlet?: Outfall;
  limits?: Partial<Limits>;
  stop?: AbortSignal;
  pace?: StreamOptions['pace'];
}

const cuts: string[] = [];
const freely = () => Promise.resolve();
const stream = (source: Readable, { outlet = new Outfall(accept), limits = {}, stop, pace = freely }: Run = {}) =>
  answerStream(source, {
    submission: begin(outlet),
    voice,
    checkOnly: false,
    limits: { ...LIMITS, ...limits },
    stop: stop ?? new AbortController().signal,
    pace,
    onOutcome: () => undefined,
    onCut: ({ code }) => cuts.push(code),
  });

async function listLines(answers: AsyncGenerator<string>): Promise<Record<string, unknown>[]> {
  let text = '';
  for await (const part of answers) text += part;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const linesOf = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(numbered(from + index))}\n`).join('');

describe('a stream', () => {
  it('is read no faster than its quota lets it, and every line is charged once', async () => {
    const charged: number[] = [];
    const gates: (() => void)[] = [];
    const outlet = new Outfall(accept);
    const pace = (items: number, _bytes: number, stop: AbortSignal): Promise<void> => {
      charged.push(items);
      return stop.aborted ? Promise.resolve() : new Promise((resolve) => gates.push(resolve));
    };
    const listing = listLines(stream(Readable.from([Buffer.from(linesOf(250))]), { outlet, pace }));
    const seen: number[] = [];
    while (seen.length < 3) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const open = gates.shift();
      if (!open) continue;
      seen.push(outlet.taken.length);
      open();
    }
    expect((await listing).at(-1)).toMatchObject({ summary: { accepted: 250 } });
    expect([seen, charged]).toEqual([
      [0, 100, 200],
      [1, 100, 100, 49],
    ]);
  });

  it('refuses lines one by one: no JSON, twice a key, too long; and goes on', async () => {
    const body = `{\n{"a":1,"a":2}\n${' '.repeat(70_000)}{}\n"text"\n${linesOf(1)}`;
    const lines = await listLines(stream(Readable.from([Buffer.from(body)])));
    const problems = lines.map(({ problem }) => (problem as { code?: string } | undefined)?.code);
    expect(problems.slice(0, 4)).toEqual(['json.syntax', 'json.duplicate-key', 'line.too-long', 'validation']);
    expect(lines.at(-1)).toEqual({ summary: { accepted: 1, duplicate: 0, rejected: 4, retry: 0 } });
  });

  it.each([
    ['too many lines', { lines: 3 }, 'body.too-many-items'],
    ['too many bytes', { streamBytes: 1_500 }, 'body.too-large'],
  ] as const)('with %s is cut, and what was read is still answered', async (_name, limits, code) => {
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let index = 0; index < 10; index += 1) {
        yield Buffer.from(linesOf(1, index));
        await turn();
      }
    }
    const lines = await listLines(stream(Readable.from(chunks()), { limits }));
    const accepted = lines.filter(({ status }) => status === 'accepted').length;
    expect(accepted).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatchObject({ problem: { code }, counted: { accepted } });
  });

  it('that falls silent, or that we end, is cut with its reason', async () => {
    const silent = new Readable({ read: () => undefined });
    silent.push(linesOf(1));
    const idle = await listLines(stream(silent, { limits: { idleMs: 20 } }));
    expect(idle.map(({ status, problem }) => status ?? (problem as { code: string }).code)).toEqual([
      'accepted',
      'request.timeout',
    ]);
    const stop = new AbortController();
    const open = new Readable({ read: () => undefined });
    open.push(linesOf(1));
    const answers = stream(open, { stop: stop.signal });
    const first = await answers.next();
    stop.abort();
    const [last] = await listLines(answers);
    expect([String(first.value).includes('accepted'), last]).toMatchObject([
      true,
      { problem: { code: 'shutting-down' } },
    ]);
    expect(cuts).toEqual(expect.arrayContaining(['request.timeout', 'shutting-down']));
    // The request itself stays open: its answer has still to be sent.
    expect([silent.destroyed, open.destroyed]).toEqual([false, false]);
  });

  it('reads no further than its window while nobody takes the answers', async () => {
    let read = 0;
    async function* chunks(): AsyncGenerator<Buffer> {
      for (; read < 5_000; read += 10) yield Buffer.from(linesOf(10, read));
    }
    const outlet = new Outfall(accept);
    const answers = stream(Readable.from(chunks(), { highWaterMark: 1 }), { outlet, limits: { window: 50 } });
    await answers.next();
    for (let turns = 0; turns < 200; turns += 1) await turn();
    expect(outlet.taken.length).toBeLessThanOrEqual(100);
    expect(read).toBeLessThan(2_000);
    const rest = await listLines(answers);
    expect(rest.at(-1)).toMatchObject({ summary: { accepted: 5_000 } });
  });

  it('lets go of its request when the client is gone', async () => {
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let index = 0; ; index += 1) yield Buffer.from(linesOf(1, index));
    }
    const outlet = new Outfall(accept);
    const answers = stream(Readable.from(chunks(), { highWaterMark: 1 }), { outlet, limits: { window: 5 } });
    await answers.next();
    await answers.return(undefined);
    for (let turns = 0; turns < 50; turns += 1) await turn();
    const settled = outlet.taken.length;
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(outlet.taken).toHaveLength(settled);
  });

  it('of 100,000 lines stays within a few tens of megabytes', async () => {
    const outlet = new Outfall(accept);
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let index = 0; index < 100_000; index += 100) yield Buffer.from(linesOf(100, index));
    }
    let answeredCount = 0;
    const answered = (): number => {
      answeredCount += outlet.taken.length;
      outlet.taken.length = 0;
      return answeredCount;
    };
    const before = liveBytes();
    let peak = 0;
    let last = '';
    let next = 20_000;
    let measured = 0;
    for await (const part of stream(Readable.from(chunks(), { highWaterMark: 1 }), { outlet })) {
      last = part;
      if (answered() < next) continue;
      next += 20_000;
      measured += 1;
      peak = Math.max(peak, liveBytes() - before);
    }
    expect(measured).toBeGreaterThan(3);
    expect(JSON.parse(last)).toEqual({ summary: { accepted: 100_000, duplicate: 0, rejected: 0, retry: 0 } });
    expect(outlet.most).toBeLessThanOrEqual(LIMITS.window);
    expect(Math.round(peak / 1_048_576)).toBeLessThan(40);
  }, 120_000);
});
