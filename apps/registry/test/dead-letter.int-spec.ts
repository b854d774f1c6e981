import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { growthMeasured } from '@simpul/contracts';
import { Log, Metrics } from '@simpul/process';

import { HeldCountStore } from '../src/dead-letter/held-count.store.js';
import { HeldWatch } from '../src/dead-letter/held-watch.js';
import { otherDigest } from './ledger-teller.js';
import { type ReadingRig, startReading } from './reading-rig.js';

const child = { name: 'CONTOH SATU', sex: 'F' as const, birthDate: '2024-08-12', localId: 'a' };
const data = { child, facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' }, weightKg: 9.4 };
const refused = { ...data, weightKg: -1 };
const telling = {
  source: 'puskesmas',
  type: growthMeasured,
  kind: 'growth-measurement',
  time: '2026-11-12T02:14:00.000Z',
  data,
};
const operator = { as: 'kota' };
const agency = { as: 'puskesmas' };

interface Shown {
  number: string;
  letter: { id?: string; state: string; supersededBy?: string; setAside?: object };
  setAsideBy?: string;
}

let rig: ReadingRig;
beforeAll(async () => {
  rig = await startReading();
  await rig.tell({ ...telling, reference: 'corrected', revision: 1, data: refused });
  await rig.tell({ ...telling, reference: 'conflicting', revision: 1 });
  await rig.tell({ ...telling, reference: 'conflicting', revision: 1, digest: otherDigest('conflict') });
  await rig.tell({ ...telling, reference: 'again', revision: 1, data: refused });
  await rig.tell({ ...telling, reference: 'again', revision: 2, data: refused });
  await rig.tell({ ...telling, broken: true });
}, 120_000);
afterAll(() => rig.close());

async function lettersOf(path = 'dead-letters'): Promise<Shown[]> {
  return (await rig.get(path, operator)).body['items'] as Shown[];
}
async function numberOf(id: string): Promise<string> {
  const found = (await lettersOf()).find(({ letter }) => letter.id === id);
  if (!found) throw new Error(`There is no letter of ${id}`);
  return found.number;
}

describe('a corrected copy', () => {
  it('supersedes what died, for operators and for the agency, as soon as it is applied', async () => {
    const of = async (id: string) => (await lettersOf()).find(({ letter }) => letter.id === id)?.letter.supersededBy;
    expect(await of('growth-measurement/corrected/1')).toBeUndefined();
    await rig.tell({ ...telling, reference: 'corrected', revision: 2 });
    await rig.tell({ ...telling, reference: 'corrected', revision: 3 });
    expect(await of('growth-measurement/corrected/1')).toBe('growth-measurement/corrected/3');
    expect(await of('growth-measurement/conflicting/1')).toBeUndefined();
    expect(await of('growth-measurement/again/1')).toBeUndefined();
    const own = (await rig.get('sources/me/dead-letters', agency)).body['items'] as Shown['letter'][];
    expect(own.map(({ supersededBy }) => supersededBy)).toEqual([
      undefined,
      undefined,
      undefined,
      'growth-measurement/corrected/3',
    ]);
  });
});

describe('setting aside', () => {
  const words = { reason: 'sent-anew', note: 'Agreed with the data officer' };

  it('keeps the letter in sight with its words, and can be undone', async () => {
    const number = await numberOf('growth-measurement/again/1');
    const done = await rig.post(`dead-letters/${number}/set-aside`, { ...operator, body: words });
    expect(done).toMatchObject({
      status: 200,
      body: { number, setAsideBy: 'kota', letter: { state: 'set-aside', setAside: words } },
    });
    expect(await lettersOf('dead-letters?state=set-aside')).toHaveLength(1);
    const own = (await rig.get('sources/me/dead-letters?state=set-aside', agency)).body['items'];
    expect(own).toMatchObject([{ id: 'growth-measurement/again/1', setAside: words }]);
    expect((await rig.post(`dead-letters/${number}/set-aside`, { ...operator, body: words })).status).toBe(409);
    const undone = await rig.delete(`dead-letters/${number}/set-aside`, operator);
    expect(undone).toMatchObject({ status: 200, body: { letter: { state: 'dead' } } });
    expect(undone.body).not.toHaveProperty('setAsideBy');
    expect((await rig.delete(`dead-letters/${number}/set-aside`, operator)).status).toBe(409);
  });

  it('takes no words that may be about a person, and no reason of its own', async () => {
    const number = await numberOf('growth-measurement/again/1');
    for (const body of [
      { ...words, note: 'NIK 3174095208249001' },
      { ...words, note: 'call 0812-3456-789' },
      { ...words, note: 'born 12/08/2024' },
      { ...words, note: 'two\nlines' },
      { ...words, note: 'x'.repeat(201) },
      { ...words, note: '' },
      { ...words, reason: 'because' },
    ])
      expect((await rig.post(`dead-letters/${number}/set-aside`, { ...operator, body })).status).toBe(422);
    expect((await rig.post('dead-letters/999999/set-aside', { ...operator, body: words })).status).toBe(404);
    expect((await rig.post('dead-letters/x/set-aside', { ...operator, body: words })).status).toBe(404);
    expect((await rig.post(`dead-letters/${number}/set-aside`, { ...agency, scopes: [], body: words })).status).toBe(
      403,
    );
  });

  it('is final once the retention took the bytes: there is nothing left to try', async () => {
    await rig.tell({ ...telling, reference: 'emptied', data: refused });
    const number = await numberOf('growth-measurement/emptied/0');
    await rig.post(`dead-letters/${number}/set-aside`, { ...operator, body: words });
    await rig.owner.pool.query('UPDATE operations.dead_letter SET value = NULL, emptied_at = now() WHERE id = $1', [
      number,
    ]);
    expect((await rig.delete(`dead-letters/${number}/set-aside`, operator)).status).toBe(409);
    expect(await lettersOf('dead-letters?state=set-aside')).toHaveLength(1);
  });

  it('ends when a later message makes the event good', async () => {
    const told = await rig.tell({ ...telling, reference: 'mended', data: refused });
    const number = await numberOf('growth-measurement/mended/0');
    await rig.post(`dead-letters/${number}/set-aside`, { ...operator, body: words });
    await rig.tell({ ...telling, reference: 'mended', mapping: 2, digest: told.digest });
    const [letter] = (await lettersOf('dead-letters?state=repaired')) as [Shown];
    expect(letter).toMatchObject({ number, letter: { state: 'repaired' } });
    expect(letter.letter).not.toHaveProperty('setAside');
  });
});

describe('replays', () => {
  const replays = (body: object, question = operator) => rig.post('dead-letters/replays', { ...question, body });

  it('say in a dry run what they would try, and change nothing', async () => {
    const number = await numberOf('growth-measurement/corrected/1');
    await rig.post(`dead-letters/${number}/set-aside`, { ...operator, body: { reason: 'other', note: 'superseded' } });
    expect(await replays({ dryRun: true, filter: {} })).toMatchObject({
      status: 200,
      body: {
        tried: 3,
        conflicts: 1,
        more: false,
        byCode: { 'event.conflict': 1, 'event.schema': 2, 'event.seal': 1 },
        bySource: { '(unreadable)': 1, puskesmas: 3 },
      },
    });
    expect((await rig.get('dead-letters/replays', operator)).body).toEqual({ items: [] });
  });

  it.each([
    [{ source: 'puskesmas' }, 2],
    [{ source: 'posyandu' }, 0],
    [{ code: 'event.seal' }, 1],
    [{ kind: 'growth-measurement' }, 2],
    [{ kind: 'birth' }, 0],
    [{ topic: 'simpul.health.events.v1', partition: 0 }, 3],
    [{ partition: 1 }, 0],
    [{ from: '2026-11-21T00:00:00Z' }, 0],
    [{ from: '2026-11-19T00:00:00Z', before: '2026-11-21T00:00:00+07:00' }, 3],
    [{ before: '2026-11-19T00:00:00Z' }, 0],
    [{ ids: ['999999'] }, 0],
  ])('mean the letters of their filter: %j', async (filter, tried) => {
    expect((await replays({ dryRun: true, filter })).body).toMatchObject({ tried });
  });

  it('refuse a filter that is mistyped rather than mean more letters', async () => {
    for (const filter of [{ sorce: 'x' }, { source: 7 }, { partition: '0' }, { from: 'yesterday' }, { ids: [] }, 7]) {
      const answer = await replays({ filter });
      expect(answer.status).toBe(422);
      expect((answer.body['errors'] as { pointer: string }[])[0]?.pointer).toMatch(/^\/filter/u);
    }
    expect((await replays({})).status).toBe(422);
    expect((await replays({ dryrun: true, filter: {} })).status).toBe(422);
  });

  it('are jobs that can be watched page by page, listed and cancelled', async () => {
    const made = await replays({ filter: { source: 'puskesmas' } });
    expect(made).toMatchObject({ status: 202, body: { state: 'running', total: 3, done: 0, askedBy: 'kota' } });
    const path = `dead-letters/replays/${String(made.body['number'])}`;
    const first = await rig.get(`${path}?limit=2`, operator);
    expect(first.body).toMatchObject({ outcomes: {}, items: [{ place: 1 }, { place: 2 }] });
    const second = await rig.get(`${path}?limit=2&cursor=${String(first.body['next'])}`, operator);
    expect(second.body).toMatchObject({ items: [{ place: 3, id: 'growth-measurement/again/2' }] });
    expect(second.body).not.toHaveProperty('next');
    expect((await rig.post(`${path}/cancel`, operator)).body).toMatchObject({ state: 'cancelled' });
    expect((await rig.post(`${path}/cancel`, operator)).status).toBe(409);
    expect((await rig.get('dead-letters/replays', operator)).body).toMatchObject({ items: [{ state: 'cancelled' }] });
    expect((await rig.get('dead-letters/replays/999999', operator)).status).toBe(404);
    expect((await rig.get('dead-letters/replays', { ...agency, scopes: ['events:own'] })).status).toBe(403);
  });
});

describe('the watch', () => {
  it('counts what nobody has dealt with, and tells when it rises', async () => {
    const lines: string[] = [];
    const metrics = new Metrics();
    const log = new Log({ name: 'spec', destination: { write: (line: string) => lines.push(line) } });
    const watch = new HeldWatch(new HeldCountStore(rig.database), log, metrics, 1_000);
    await watch.look();
    expect(await metrics.text()).toMatch(/simpul_dead_letters\{code="event.schema"\} 2\n/u);
    expect(lines).toEqual([]);
    await rig.tell({ ...telling, reference: 'one-more', data: refused });
    await watch.look();
    await watch.look();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ msg: 'dead-letters.rising', code: 'event.schema', count: 3 }),
    ]);
  });

  it('names the source whose messages die in numbers, so that it is suspended', async () => {
    const lines: string[] = [];
    const log = new Log({ name: 'spec', destination: { write: (line: string) => lines.push(line) } });
    const store = new HeldCountStore(rig.database);
    const count = (await store.countFailingSources(0)).get('puskesmas') ?? 0;
    expect(count).toBeGreaterThan(1);
    await new HeldWatch(store, log, new Metrics(), count).look();
    expect(lines).toEqual([]);
    await new HeldWatch(store, log, new Metrics(), count - 1).look();
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ msg: 'source.failing', source: 'puskesmas', count }),
    );
  });
});
