import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { listRoutesWithoutRule } from '@simpul/access';
import type { Kind, Message } from '@simpul/adapter-kit';
import {
  contractOf,
  digestOf,
  eventId,
  findParts,
  instantOf,
  revisionOf,
  type Sector,
  validatorFor,
} from '@simpul/contracts';
import { pseudonym, strongestIdentifier } from '@simpul/identifiers';
import { type AppModule, describeApi, Health } from '@simpul/process';
import { type Answered, Pusher } from './adapter-exam.push.js';
import { AdapterStage } from './adapter-exam.stage.js';
import type { ReadMessage, TopicReader } from './topic-reader.js';

export interface AdapterExamOptions {
  sector: Sector;
  module: AppModule;
  kinds: readonly Kind[];
}

const SOURCE = 'dinas-contoh';
const CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8';
const OUTAGE_TEST_MS = 60_000;

/** What stands in the topic under a receipt. */
interface Read {
  message: ReadMessage;
  envelope: Record<string, unknown>;
  payload: { digest: string; data: object };
}

interface Examined {
  stage: AdapterStage;
  app: NestFastifyApplication;
  reader: TopicReader;
}

const pathOf = (kind: Kind): string => `/adapters/${kind.event.sector}/v1/${kind.path}`;

/**
 * Every text of six characters or more in the people and families of a message: none may be seen outside the seal.
 * The date of the event itself is in clear by design, also where a newborn's birth date is the same day.
 */
function personalTexts(kind: Kind, message: Message): string[] {
  const { time } = kind.toEvent(message);
  const leaves = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(leaves)
      : [value].filter((leaf) => typeof leaf === 'string');
  return findParts(kind.message, message)
    .flatMap(({ value }) => leaves(value))
    .filter((text) => text.length >= 6 && !/^(?:https?|urn):/u.test(text) && !time.startsWith(text));
}

async function readReceipt({ reader, stage }: Examined, receipt: string | undefined): Promise<Read> {
  const parts = JSON.parse(Buffer.from(receipt ?? '', 'base64url').toString()) as [
    string,
    string,
    string,
    number,
    string,
  ];
  const message = await reader.at(parts[3], parts[4]);
  const opened = stage.open(message.value ?? Buffer.alloc(0));
  if (!opened.ok) throw new Error(`The message does not open: ${opened.reason}`);
  return { message, envelope: { ...opened.envelope }, payload: opened.payload };
}

/** Declares the tests that every adapter passes, on a real broker: call it at the top of its integration spec. */
export function adapterExam({ sector, module, kinds }: AdapterExamOptions): void {
  describe(`the adapter of the sector ${sector}`, () => {
    const examined = {} as Examined;

    beforeAll(async () => {
      const stage = await AdapterStage.build(sector);
      Object.assign(examined, { stage, app: await stage.start(module), reader: stage.reader() });
    }, OUTAGE_TEST_MS);
    afterAll(async () => {
      await examined.app.close();
      await examined.reader.close();
      await examined.stage.close();
    }, OUTAGE_TEST_MS);

    it('has no route without an access rule', () => {
      expect(listRoutesWithoutRule(examined.app)).toEqual([]);
    });

    it('is described: a path per kind with its forms, examples, answers and scope', async () => {
      const document = await describeApi(module, { title: sector, version: '1' });
      expect(Object.keys(document.paths).toSorted()).toEqual(kinds.map(pathOf).toSorted());
      for (const kind of kinds) {
        const { name } = contractOf(kind.message);
        const problem = { content: { 'application/problem+json': {} } };
        expect(document.components?.schemas).toHaveProperty(name);
        expect(document.paths[pathOf(kind)]?.post).toMatchObject({
          security: [{ token: [`push:${sector}`] }],
          responses: {
            200: {},
            202: {},
            400: problem,
            401: problem,
            403: problem,
            413: problem,
            415: problem,
            422: problem,
            503: problem,
          },
          requestBody: {
            content: {
              'application/json': {
                schema: { oneOf: [{ $ref: `#/components/schemas/${name}` }, { type: 'array' }] },
                examples: { 'example-1': { value: kind.examples[0]?.message } },
              },
              'application/x-ndjson': {},
            },
          },
        });
      }
    });

    describe.each(kinds.map((kind) => [kind.name, kind] as const))('takes %s and', (_name, kind) => {
      examineKind(kind, examined);
    });

    it('wrote nothing personal to its log, the keys or the envelopes, and nothing twice', () => {
      const { stage, reader } = examined;
      const heads = reader.seen.map(({ key, value }) => `${String(key)} ${String(value).split(',"data":"')[0]}`);
      const outside = [...stage.logged, ...heads].join('\n');
      const texts = kinds.flatMap((kind) => kind.examples.flatMap(({ message }) => personalTexts(kind, message)));
      expect(texts.filter((text) => outside.includes(text))).toEqual([]);
      const places = reader.seen.map(({ partition, offset }) => `${partition}/${offset}`);
      expect(new Set(places).size).toBe(places.length);
    });

    examineOutage(kinds, examined);
  });
}

function examineKind(kind: Kind, examined: Examined): void {
  const first = kind.examples[0]?.message as Message;
  let count = 0;
  const fresh = (): string => `exam-${(count += 1)}`;
  let pusher: Pusher;

  beforeAll(async () => {
    pusher = new Pusher(examined.app, pathOf(kind), await examined.stage.token(SOURCE));
  });

  it.each(kind.examples)('makes one sealed event of: $title.en', async ({ message }) => {
    const { status, body } = await pusher.json(message);
    expect([status, body.status]).toEqual([202, 'accepted']);
    const { message: read, envelope, payload } = await readReceipt(examined, body.receipt);
    const { time, data } = kind.toEvent(message);
    const id = eventId(kind.name, message.reference, revisionOf(message));
    const recorded = instantOf(message.recordedAt ?? time);
    const key = pseudonym(
      examined.stage.pseudonymKey,
      strongestIdentifier(kind.event.subject(data), { recordedAt: new Date(recorded), source: SOURCE, eventId: id }),
    );
    expect(body.id).toBe(id);
    expect(envelope).toMatchObject({
      id,
      source: `urn:simpul:source:${SOURCE}`,
      type: kind.event.type,
      subject: key,
      time: instantOf(time),
      recordedtime: recorded,
      receivedtime: body.receivedAt,
    });
    expect([String(read.key), String(read.headers['content-type'])]).toEqual([key, CONTENT_TYPE]);
    expect(payload).toEqual({ digest: digestOf(message), data });
    expect(validatorFor(kind.event.data)(payload.data)).toBe(true);
  });

  it('takes an array and says what became of each item', async () => {
    const good = { ...first, reference: fresh(), revision: 1 };
    const other = { ...good, recordedAt: '2026-01-02T03:04:05+07:00' };
    const { status, body } = await pusher.json([good, { ...good }, other, { ...good, reference: 'x y' }, 'text']);
    expect(status).toBe(202);
    const { items = [], ...counters } = body;
    expect(counters).toEqual({ accepted: 1, duplicate: 1, rejected: 3, retry: 0 });
    expect(items.map((item) => [item.index, item.status, item.problem?.code])).toEqual([
      [0, 'accepted', undefined],
      [1, 'duplicate', undefined],
      [2, 'rejected', 'event.conflict'],
      [3, 'rejected', 'validation'],
      [4, 'rejected', 'validation'],
    ]);
    const none = await pusher.json([{ ...good, reference: 'x y' }]);
    expect([none.status, none.body.code, none.body.rejected]).toEqual([422, 'items.rejected', 1]);
  });

  it('answers a stream line by line, with blank and broken lines and without a last line feed', async () => {
    const good = { ...first, reference: fresh() };
    const second = { ...first, reference: fresh() };
    const text = ['', JSON.stringify(good), '{"reference":', '  \r', JSON.stringify(good), JSON.stringify(second)];
    const answers = await pusher.lines(text.join('\n'));
    expect(answers.at(-1)).toEqual({ summary: { accepted: 2, duplicate: 1, rejected: 1, retry: 0 } });
    const byIndex = answers.slice(0, -1).toSorted((a, b) => Number(a.index) - Number(b.index));
    expect(byIndex.map(({ status, problem }) => [status, problem?.status])).toEqual([
      ['accepted', undefined],
      ['rejected', 400],
      ['duplicate', undefined],
      ['accepted', undefined],
    ]);
  });

  it('names every wrong field at once, in both languages, and never repeats a value', async () => {
    const bad = {
      ...first,
      reference: '3174095208249001',
      unknownCanary: 'canary-value',
      [kind.timeField]: 'canary-day',
    };
    const answers = await Promise.all([pusher.json(bad, { language: 'en' }), pusher.json(bad, { language: 'id' })]);
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([422, 'validation']);
      const pointers = body.errors?.map(({ pointer }) => pointer);
      expect(new Set(pointers)).toEqual(new Set(['/reference', '/unknownCanary', `/${kind.timeField}`]));
      expect(JSON.stringify(body)).not.toMatch(/3174095208249001|canary-value|canary-day/u);
    }
    const [english, indonesian] = answers.map(({ body }) => body.errors?.map(({ detail }) => detail).join());
    expect(english).not.toBe(indonesian);
  });

  it('refuses what has not happened yet', async () => {
    const ahead = new Date(Date.now() + 86_400_000).toISOString();
    const { status, body } = await pusher.json({ ...first, reference: fresh(), recordedAt: ahead, revision: ahead });
    expect([status, body.code]).toEqual([422, 'time.future']);
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/recordedAt', '/revision']);
  });

  it('gives a repeat the same id and digest', async () => {
    const message = { ...first, reference: fresh() };
    const reordered = Object.fromEntries(Object.entries(message).toReversed());
    const reads: Read[] = [];
    for (const body of [message, reordered])
      reads.push(await readReceipt(examined, (await pusher.json(body)).body.receipt));
    const [one, two] = reads.map(({ envelope, payload }) => [envelope['id'], payload.digest]);
    expect(one).toEqual(two);
  });

  it('numbers revisions, and takes a withdrawal only where it outranks', async () => {
    const { recordedAt: _recordedAt, revision: _revision, ...bare } = { ...first, reference: fresh() };
    const plain = await pusher.json({ ...bare, withdrawn: true });
    expect([plain.status, plain.body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/withdrawn']]);
    const revised = await pusher.json({ ...bare, revision: 2 });
    const withdrawn = await pusher.json({ ...bare, revision: '2026-01-02T03:04:05Z', withdrawn: true });
    const instant = Date.UTC(2026, 0, 2, 3, 4, 5);
    expect([revised, withdrawn].map(({ body }) => body.id)).toEqual([
      `${kind.name}/${bare.reference}/2`,
      `${kind.name}/${bare.reference}/${instant}`,
    ]);
    const { payload } = await readReceipt(examined, withdrawn.body.receipt);
    expect(payload.data).toMatchObject({ withdrawn: true });
  });

  it('says with ?check=only what would happen, and publishes nothing', async () => {
    const good = { ...first, reference: fresh() };
    const query = '?check=only';
    const one = await pusher.json(good, { query });
    expect([one.status, one.body.status, one.body.receipt]).toEqual([200, 'would-be-accepted', undefined]);
    const many = await pusher.json([good, good, {}], { query });
    expect([many.status, many.body]).toMatchObject([200, { wouldBeAccepted: 1, duplicate: 1, rejected: 1, retry: 0 }]);
    const lines = await pusher.lines(JSON.stringify(good), { query });
    expect(lines.map(({ status }) => status)).toEqual(['would-be-accepted', undefined]);
    expect((await pusher.json(good, { query: '?check=maybe' })).status).toBe(400);
    // What comes after it stands in the log; of what was only checked nothing does.
    const { message } = await readReceipt(examined, (await pusher.json({ ...first, reference: fresh() })).body.receipt);
    const sent = examined.reader.seen.map(({ value }) => String(value));
    expect(message.value?.length).toBeGreaterThan(0);
    expect(sent.filter((text) => text.includes(`/${good.reference}/`))).toEqual([]);
  });

  it('lets in only who may push to this sector', async () => {
    const { stage } = examined;
    expect((await pusher.json(first, { token: '' })).status).toBe(401);
    expect((await pusher.json(first, { token: await stage.token(SOURCE, 'push:other') })).status).toBe(403);
  });
}

/** Asks until the adapter is ready, or is not: its broker has just come or gone. */
async function untilReady(app: NestFastifyApplication, wanted: boolean): Promise<string[]> {
  for (let asked = 0; asked < 100; asked += 1) {
    const { ok, checks } = await app.get(Health).ready();
    if (ok === wanted) return Object.keys(checks).filter((name) => !checks[name]?.ok);
  }
  throw new Error(`The adapter is ${wanted ? 'never' : 'always'} ready`);
}

/** With the broker silent: nothing is called accepted, everything is to be sent again, and later all is well. */
function examineOutage(kinds: readonly Kind[], examined: Examined): void {
  const [kind] = kinds;
  if (!kind) return;

  it.each(['stall', 'refuse'] as const)(
    'is not ready while its broker does not answer (%s), and ready again when it does',
    async (mode) => {
      const { stage, app } = examined;
      expect(await untilReady(app, true)).toEqual([]);
      stage.proxy.set(mode);
      expect(await untilReady(app, false)).toEqual([`${stage.sector}-broker`]);
      stage.proxy.set('pass');
      expect(await untilReady(app, true)).toEqual([]);
    },
    OUTAGE_TEST_MS,
  );

  it(
    'says retry while the broker is silent, and accepts again afterwards',
    async () => {
      const { stage, app } = examined;
      const pusher = new Pusher(app, pathOf(kind), await stage.token(SOURCE));
      const message = { ...(kind.examples[0]?.message as Message), reference: 'exam-outage' };
      stage.proxy.set('stall');
      const [one, many, lines] = await Promise.all([
        pusher.json(message),
        pusher.json([message, message, 'text']),
        pusher.lines(JSON.stringify(message)),
      ]);
      expect([one.status, one.body.code, Number(one.headers['retry-after'])]).toEqual([503, 'broker.unavailable', 5]);
      expect([many.status, Number(many.headers['retry-after'])]).toEqual([503, 5]);
      expect(many.body).toMatchObject({ accepted: 0, duplicate: 0, rejected: 1, retry: 2 });
      expect(lines.map(({ status }) => status)).toEqual(['retry', undefined]);
      stage.proxy.set('pass');
      const again: Answered = (await pusher.json(message)).body;
      const { envelope } = await readReceipt(examined, again.receipt);
      expect(envelope['id']).toBe(again.id);
    },
    OUTAGE_TEST_MS,
  );
}
