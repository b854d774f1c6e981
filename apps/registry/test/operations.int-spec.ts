import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEMS } from '@simpul/contracts';

import { NameNumberStore } from '../src/ingest/name-number.store.js';
import { type Answer, type ReadingRig, startReading } from './reading-rig.js';

const TOPIC = 'simpul.health.events.v1';
const operator = { as: 'kota' };

let rig: ReadingRig;
beforeAll(async () => {
  rig = await startReading();
  await rig.addSource('dukcapil', ['civil'], ['civil-verification']);
  const names = new NameNumberStore(rig.database);
  const sources = await names.numberSources(['puskesmas', 'posyandu']);
  const numbers = [sources.get('puskesmas'), sources.get('posyandu')];
  const kind = (await names.numberKinds(['growth-measurement'])).get('growth-measurement');
  const { pool } = rig.database;
  await pool.query(
    `INSERT INTO operations.log_position (generation, topic, partition, first_offset, next_offset)
     VALUES (1, $1, 0, 5, 25), (1, $1, 1, 0, 0)`,
    [TOPIC],
  );
  await pool.query(
    `INSERT INTO operations.log_counter (generation, topic, partition, source, applied, duplicate, dead)
     VALUES (1, $1, 0, $2, 8, 1, 3), (1, $1, 0, $3, 7, 0, 0), (1, $1, 0, 0, 0, 0, 1)`,
    [TOPIC, ...numbers],
  );
  await pool.query(
    `INSERT INTO operations.dead_letter
       (generation, topic, partition, "offset", appended_at, value, state, code, detail, source, kind, reference, revision)
     SELECT 1, $1, 0, n, now(), '\\x3174095208249001'::bytea, 'dead', CASE WHEN n % 2 = 0 THEN 'event.schema' ELSE 'event.conflict' END,
       '[{"pointer":"/weightKg","code":"max","value":"3174095208249001"}]', CASE WHEN n < 6 THEN $2::int ELSE $3::int END, $4, 'r-' || n, 0
     FROM generate_series(0, 9) AS n`,
    [TOPIC, ...numbers, kind],
  );
}, 120_000);
afterAll(() => rig.close());

const pathOf = (answer: Answer): string | undefined =>
  /^<\/registry\/v1\/([^>]+)>; rel="next"$/u.exec(answer.link)?.[1];

async function readAll<T>(path: string, as: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const answer: Answer = await rig.get(next, { as });
    expect(answer.status).toBe(200);
    items.push(...(answer.body['items'] as T[]));
    next = pathOf(answer);
  }
  return items;
}

describe('the balance', () => {
  it('adds up per partition and by source', async () => {
    const { body } = await rig.get('balance', operator);
    expect(body).toMatchObject({
      balanced: true,
      partitions: [
        {
          partition: 0,
          firstOffset: '5',
          nextOffset: '25',
          balanced: true,
          sources: { puskesmas: { applied: '8', dead: '3' } },
        },
        { partition: 1, balanced: true, sources: {} },
      ],
      totals: { '(unreadable)': { dead: '1' }, posyandu: { applied: '7' } },
      held: [
        { state: 'dead', code: 'event.conflict', count: '5' },
        { state: 'dead', code: 'event.schema', count: '5' },
      ],
    });
  });

  it('says where an offset is missing', async () => {
    await rig.database.pool.query('UPDATE operations.log_position SET next_offset = 26 WHERE partition = 0');
    const { body } = await rig.get('balance', operator);
    await rig.database.pool.query('UPDATE operations.log_position SET next_offset = 25 WHERE partition = 0');
    expect(body).toMatchObject({ balanced: false, partitions: [{ balanced: false }, { balanced: true }] });
  });

  it('is for operators only', async () => {
    expect((await rig.get('balance', { as: 'kota', scopes: ['events:own', 'persons:read'] })).status).toBe(403);
  });
});

describe('dead letters', () => {
  type Letter = { id: string; code: string; errors: object[]; title: object };

  it('show an agency its own, page by page, without any value', async () => {
    const letters = await readAll<Letter>('sources/me/dead-letters?limit=4', 'puskesmas');
    expect(letters.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1, 0].map((n) => `growth-measurement/r-${n}/0`));
    expect(letters[0]).toMatchObject({
      errors: [{ pointer: '/weightKg', code: 'max' }],
      title: { en: expect.any(String), id: expect.any(String) },
    });
    expect(JSON.stringify(letters)).not.toMatch(/\d{16}/u);
    expect(await readAll('sources/me/dead-letters', 'dukcapil')).toEqual([]);
  });

  it('show operators all of them, by source, code and state', async () => {
    const all = await readAll<{ source: string; offset: string }>('dead-letters?limit=3', 'kota');
    expect(all.map(({ offset }) => offset)).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0']);
    const some = await readAll<{ letter: Letter }>('dead-letters?source=posyandu&code=event.schema&limit=1', 'kota');
    expect(some.map(({ letter }) => letter.id)).toEqual(['growth-measurement/r-8/0', 'growth-measurement/r-6/0']);
    expect(await readAll('dead-letters?state=waiting', 'kota')).toEqual([]);
    expect(
      await readAll(`dead-letters?kind=growth-measurement&topic=${TOPIC}&partition=0&limit=6`, 'kota'),
    ).toHaveLength(10);
    expect(await readAll('dead-letters?kind=birth', 'kota')).toEqual([]);
    expect(await readAll('dead-letters?partition=1', 'kota')).toEqual([]);
    expect((await rig.get('dead-letters?partition=x', operator)).status).toBe(400);
    expect((await rig.get('dead-letters?state=gone', operator)).status).toBe(400);
  });

  it('take no cursor of another listing, source or filter', async () => {
    const { body } = await rig.get('sources/me/dead-letters?limit=1', { as: 'puskesmas' });
    const cursor = body['next'] as string;
    expect((await rig.get(`sources/me/dead-letters?cursor=${cursor}`, { as: 'puskesmas' })).status).toBe(200);
    expect((await rig.get(`sources/me/dead-letters?cursor=${cursor}`, { as: 'posyandu' })).status).toBe(400);
    expect(
      (await rig.get(`sources/me/dead-letters?code=event.schema&cursor=${cursor}`, { as: 'puskesmas' })).status,
    ).toBe(400);
    expect((await rig.get(`dead-letters?source=puskesmas&cursor=${cursor}`, operator)).status).toBe(400);
  });
});

describe('access entries', () => {
  it('are listed newest first, each once', async () => {
    for (let n = 0; n < 7; n++) {
      const body = { identifier: { system: SYSTEMS.nik, value: '3174095208249002' } };
      expect((await rig.post('persons/lookup', { as: 'dukcapil', purpose: 'civil-verification', body })).status).toBe(
        404,
      );
    }
    const looks = await readAll<{ id: string; at: string; miss: boolean; purpose: string }>(
      'access-entries?limit=3',
      'kota',
    );
    expect(new Set(looks.map(({ id }) => id)).size).toBe(7);
    expect(looks.map(({ at }) => at)).toEqual(
      looks
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(looks[0]).toMatchObject({ miss: true, purpose: 'civil-verification', records: [] });
    expect(await readAll('access-entries?source=puskesmas', 'kota')).toEqual([]);
  });
});

describe('keys', () => {
  it('are public halves, newest first', async () => {
    const { body } = await rig.get('keys', operator);
    const keys = body['keys'] as { kid: string; kty: string; d?: string }[];
    expect(keys.map(({ kid }) => kid)).toEqual(['registry-2', 'registry-1']);
    expect(keys.every(({ d }) => d === undefined)).toBe(true);
  });
});
