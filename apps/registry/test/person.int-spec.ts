import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { familyChanged, growthMeasured, immunisationGiven, SYSTEMS } from '@simpul/contracts';
import type { PersonRef } from '@simpul/contracts';
import fc from 'fast-check';

import { type Answer, LOOKS, type ReadingRig, startReading } from './reading-rig.js';

const CHILD_NIK = '3174095208249001';
const MOTHER_NIK = '3174095708909001';
const KK = '3174091201189001';
const nik = (value: string) => ({ system: SYSTEMS.nik, value });

const child = (more: Partial<PersonRef> = {}): PersonRef => ({
  identifiers: [nik(CHILD_NIK)],
  name: 'CONTOH SATU',
  sex: 'F',
  birthDate: '2024-08-12',
  ...more,
});
const mother: PersonRef = { identifiers: [nik(MOTHER_NIK)], name: 'CONTOH IBU', sex: 'F', birthDate: '1990-08-17' };
const facility = { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' };

let rig: ReadingRig;
beforeAll(async () => {
  rig = await startReading();
  await rig.addSource('dukcapil', ['civil'], ['civil-verification']);
  await rig.addSource('puskesmas', ['health'], ['health-care', 'case-follow-up']);
  await rig.addSource('posyandu', ['health'], ['health-care']);
  await rig.addSource('sekolah', ['education'], ['education-enrolment']);
  await rig.addSource('dinsos', ['social'], ['social-eligibility']);
  await tellTheFamily();
}, 120_000);
afterAll(() => rig.close());

async function tellTheFamily(): Promise<void> {
  await rig.tell({
    source: 'dukcapil',
    type: familyChanged,
    time: '2025-01-05T00:00:00.000Z',
    data: {
      family: { familyCard: KK },
      members: [
        { person: mother, relation: 'head' },
        { person: child({ name: 'CONTOH SATU RESMI' }), relation: 'child' },
      ],
      reason: 'birth',
      address: { rw: '003', rt: '007' },
    },
  });
  const growth = { source: 'puskesmas', type: growthMeasured, kind: 'growth-measurement' };
  await rig.tell({
    ...growth,
    time: '2026-11-12T02:14:00.000Z',
    reference: 'g-1',
    data: { child: child({ localId: 'pkm-77', phone: '0800000001' }), facility, weightKg: 9.4 },
  });
  await rig.tell({
    ...growth,
    source: 'posyandu',
    time: '2026-11-12T03:00:00.000Z',
    reference: 'p-1',
    data: { child: child({ localId: 'posy-12' }), facility, weightKg: 9.4 },
  });
  await rig.tell({
    source: 'puskesmas',
    type: immunisationGiven,
    time: '2026-09-10T03:00:00.000Z',
    data: { child: child({ localId: 'pkm-77' }), facility, antigen: 'MR', doseNumber: 1, setting: 'posyandu' },
  });
}

const lookup = (as: string, purpose: string | undefined, value = CHILD_NIK): Promise<Answer> =>
  rig.post('persons/lookup', { as, purpose, body: { identifier: nik(value) } });
const idOf = async (as: string, purpose: string): Promise<string> => (await lookup(as, purpose)).body['id'] as string;
const entries = async (): Promise<
  { records: string[]; missed: Buffer | null; route: string; purpose: string; client: string }[]
> =>
  (
    await rig.database.pool.query(
      'SELECT records, missed, route, purpose, client FROM access.access_entry ORDER BY at, id',
    )
  ).rows;

describe('a look', () => {
  it('needs a purpose, and one that the client may state', async () => {
    expect((await lookup('puskesmas', undefined)).status).toBe(400);
    expect((await lookup('puskesmas', 'civil-verification')).status).toBe(403);
    expect((await lookup('puskesmas', 'no-such-purpose')).status).toBe(403);
    const noScope = { as: 'puskesmas', purpose: 'health-care', scopes: ['events:own'] };
    expect((await rig.get('persons/x', noScope)).status).toBe(403);
  });

  it('shows each purpose its own fields of the same person, and no others', async () => {
    const health = await lookup('puskesmas', 'health-care');
    const civil = await lookup('dukcapil', 'civil-verification');
    expect([health.status, civil.status]).toEqual([200, 200]);
    const names = (answer: Answer) => Object.keys(answer.body['attributes'] as object);
    expect(names(health)).toEqual(expect.arrayContaining(['name', 'growth', 'phone', 'localId']));
    expect(names(civil)).not.toEqual(expect.arrayContaining(['growth']));
    expect(civil.text).not.toMatch(/9\.4|0800000001|pkm-77|posy-12/u);
    expect(health.text).not.toMatch(/posy-12/u);
  });

  it('believes the civil registry, wherever the purpose looks from', async () => {
    const { attributes } = (await lookup('puskesmas', 'health-care')).body as { attributes: Record<string, unknown> };
    expect(attributes['name']).toMatchObject({ value: 'CONTOH SATU RESMI', source: 'dukcapil', assurance: 'verified' });
  });

  it('answers each of those who look at the same moment with its own person', async () => {
    const asked = [CHILD_NIK, MOTHER_NIK, '3174095208249002', CHILD_NIK, MOTHER_NIK];
    const before = (await entries()).length;
    const answers = await Promise.all(asked.map((value) => lookup('dukcapil', 'civil-verification', value)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200]);
    const shown = answers.map(
      ({ body }) => (body['attributes'] as { nik?: { value: string } } | undefined)?.nik?.value,
    );
    expect(shown).toEqual([CHILD_NIK, MOTHER_NIK, undefined, CHILD_NIK, MOTHER_NIK]);
    const written = (await entries()).slice(before).map(({ records }) => records.length);
    expect(written.toSorted((a, b) => a - b)).toEqual([0, 1, 1, 3, 3]);
  });

  it('finds by another number a record that stands alone, and with one that is linked all records of its person', async () => {
    const card = { system: SYSTEMS.jkn, value: '0009001000017' };
    const linked = { system: SYSTEMS.jkn, value: '0009001000025' };
    const tell = (reference: string, person: PersonRef) =>
      rig.tell({
        source: 'puskesmas',
        type: growthMeasured,
        kind: 'growth-measurement',
        time: '2026-11-13T02:14:00.000Z',
        reference,
        data: { child: person, facility, weightKg: 8.1 },
      });
    await tell('alone-1', { name: 'CONTOH TANPA NIK', sex: 'M', birthDate: '2024-02-01', identifiers: [card] });
    const person = nik('3174094107199003');
    const adult = { name: 'CONTOH DUA', sex: 'F', birthDate: '2019-07-01' } as const;
    await tell('linked-1', { ...adult, identifiers: [person, linked], localId: 'pkm-90' });
    await tell('linked-2', { ...adult, identifiers: [person], localId: 'pkm-91' });
    const look = (identifier: object) =>
      rig.post('persons/lookup', { as: 'puskesmas', purpose: 'health-care', body: { identifier } });
    const alone = await look(card);
    expect(alone.body).toMatchObject({ attributes: { name: { value: 'CONTOH TANPA NIK' } } });
    const both = await look(linked);
    expect(both.body['id']).toBe((await look(person)).body['id']);
    expect((await entries()).slice(-3).map(({ records }) => records.length)).toEqual([1, 2, 2]);
  });

  it('answers a miss and a person out of reach alike', async () => {
    const unknown = await lookup('sekolah', 'education-enrolment', '3174095208249002');
    const outOfReach = await lookup('sekolah', 'education-enrolment');
    expect(unknown.status).toBe(404);
    expect(outOfReach.status).toBe(404);
    expect(outOfReach.text).toBe(unknown.text);
    expect(outOfReach.headers['content-type']).toBe(unknown.headers['content-type']);
    const [first, second] = (await entries()).slice(-2);
    expect(first?.records).toEqual([]);
    expect(second?.records).toEqual([]);
    expect(first?.missed).toHaveLength(32);
    expect(second?.missed?.equals(first?.missed ?? Buffer.alloc(0))).toBe(false);
  });

  it('is written down before its answer, by record ids', async () => {
    const before = (await entries()).length;
    const answer = await lookup('dukcapil', 'civil-verification');
    const [entry] = (await entries()).slice(before);
    expect(entry).toMatchObject({
      route: 'POST /registry/v1/persons/lookup',
      purpose: 'civil-verification',
      missed: null,
    });
    const { rows } = await rig.database.pool.query(
      'SELECT count(*)::int AS n FROM registry.record WHERE id = ANY($1) AND linking IS NOT NULL',
      [entry?.records],
    );
    expect(rows[0]).toEqual({ n: 3 });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('gets no answer before its entry is committed', async () => {
    const blocker = await rig.owner.pool.connect();
    await blocker.query('BEGIN; LOCK TABLE access.access_entry IN ACCESS EXCLUSIVE MODE');
    let answered = false;
    const answer = lookup('dukcapil', 'civil-verification').finally(() => (answered = true));
    try {
      const waits = `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'access.access_entry'::regclass`;
      while ((await blocker.query<{ n: number }>(waits)).rows[0]?.n === 0) expect(answered).toBe(false);
      expect(answered).toBe(false);
    } finally {
      await blocker.query('COMMIT');
      blocker.release();
    }
    expect((await answer).status).toBe(200);
  });

  it('shows nothing while it cannot be written down, whatever the route', async () => {
    const civil = { as: 'dukcapil', purpose: 'civil-verification' };
    const id = await idOf(civil.as, civil.purpose);
    await rig.owner.pool.query('ALTER TABLE access.access_entry RENAME TO access_entry_away');
    try {
      const looks = [CHILD_NIK, '3174095208249002'].map((value) => lookup(civil.as, civil.purpose, value));
      for (const path of ['', '/provenance', '/timeline', '/family'])
        looks.push(rig.get(`persons/${id}${path}`, civil));
      for (const answer of await Promise.all(looks)) {
        expect(answer.status).toBe(503);
        expect(answer.body['code']).toBe('access-log.unavailable');
        expect(answer.text).not.toMatch(/CONTOH/u);
      }
    } finally {
      await rig.owner.pool.query('ALTER TABLE access.access_entry_away RENAME TO access_entry');
    }
    expect((await lookup('dukcapil', 'civil-verification')).status).toBe(200);
  });

  it('gives two sources ids that cannot be joined, and takes each only from its own', async () => {
    const puskesmas = await idOf('puskesmas', 'health-care');
    const dukcapil = await idOf('dukcapil', 'civil-verification');
    expect(puskesmas).not.toBe(dukcapil);
    const ask = (as: string, purpose: string, id: string) => rig.get(`persons/${id}`, { as, purpose });
    expect((await ask('puskesmas', 'health-care', puskesmas)).body).toMatchObject({ id: puskesmas });
    expect((await ask('puskesmas', 'health-care', dukcapil)).status).toBe(404);
    expect((await ask('puskesmas', 'health-care', 'nobody')).status).toBe(404);
  });

  it('finds the person by the id of any of its records', async () => {
    const id = await idOf('puskesmas', 'health-care');
    const { body } = await rig.get(`persons/${id}/provenance`, { as: 'puskesmas', purpose: 'health-care' });
    const claims = (body['attributes'] as Record<string, { record: string; source: string; reference?: string }[]>)[
      'name'
    ];
    expect(claims?.map(({ source }) => source)).toEqual(['dukcapil', 'posyandu', 'puskesmas']);
    expect(claims?.filter(({ reference }) => reference !== undefined)).toHaveLength(1);
    for (const { record } of claims ?? []) {
      const answer = await rig.get(`persons/${record}`, { as: 'puskesmas', purpose: 'health-care' });
      expect(answer.body).toMatchObject({ id });
    }
  });
});

describe('the quota of looks', () => {
  it('stops a client that reads out the register with 429, before anything is written or shown, and no other one', async () => {
    await rig.addSource('pengeruk', ['health'], ['health-care']);
    const lookAs = (as: string) => rig.get('persons/AAAAAAAAAAAAAAAAAAAAAA', { as, purpose: 'health-care' });
    const start = performance.now();
    const looks = await Promise.all(Array.from({ length: 2 * LOOKS }, () => lookAs('pengeruk')));
    const [first, ...refused] = looks.filter(({ status }) => status === 429);
    expect([first?.body['code'], first?.headers['retry-after']]).toEqual(['quota', '1']);
    const comesBack = ((performance.now() - start) / 60_000) * LOOKS;
    expect(refused.length).toBeLessThan(LOOKS);
    expect(refused.length).toBeGreaterThan(LOOKS - comesBack - 2);
    expect((await lookAs('puskesmas')).status).toBe(404);
    expect((await entries()).filter(({ client }) => client === 'pengeruk')).toHaveLength(
      looks.length - refused.length - 1,
    );
  });
});

describe('a timeline', () => {
  const timeline = async (query = '', as = 'puskesmas', purpose = 'health-care'): Promise<Answer> =>
    rig.get(`persons/${await idOf(as, purpose)}/timeline${query}`, { as, purpose });
  type Item = { type: string; time: string; reference?: string; sources: string[]; facts: object; roles: string[] };
  const itemsOf = (answer: Answer) => answer.body['items'] as Item[];

  it('shows what was told twice once, with its sources, and references only to their own source', async () => {
    const items = itemsOf(await timeline());
    const [growth, ...others] = items.filter((item) => item.type === growthMeasured.type);
    expect(others).toEqual([]);
    expect(growth).toMatchObject({ sources: ['posyandu', 'puskesmas'], facts: { weightKg: 9.4 }, roles: ['subject'] });
    expect(growth?.reference).toBeUndefined();
    expect(items.find((item) => item.type === immunisationGiven.type)?.reference).toMatch(/^kind\//u);
  });

  it('hides what the purpose does not open, the event itself included', async () => {
    const items = itemsOf(await timeline('', 'dukcapil', 'civil-verification'));
    expect(items.map((item) => item.type)).toEqual([familyChanged.type]);
    expect(items[0]?.facts).toMatchObject({ reason: 'birth' });
  });

  it('shows neither the superseded nor the withdrawn', async () => {
    const telling = { source: 'puskesmas', type: growthMeasured, kind: 'growth-measurement', reference: 'g-corrected' };
    const data = (weightKg: number) => ({ child: child({ localId: 'pkm-77' }), facility, weightKg });
    const weights = async () =>
      itemsOf(await timeline()).flatMap(({ facts }) => ('weightKg' in facts ? [facts.weightKg as number] : []));
    await rig.tell({ ...telling, time: '2026-10-01T00:00:00.000Z', revision: 1, data: data(9.1) });
    expect(await weights()).toEqual([9.4, 9.1]);
    await rig.tell({ ...telling, time: '2026-10-01T00:00:00.000Z', revision: 3, data: data(9.2) });
    await rig.tell({ ...telling, time: '2026-10-01T00:00:00.000Z', revision: 2, data: data(9.3) });
    expect(await weights()).toEqual([9.4, 9.2]);
    await rig.tell({
      ...telling,
      time: '2026-10-01T00:00:00.000Z',
      revision: 4,
      data: { ...data(9.2), withdrawn: true },
    });
    expect(await weights()).toEqual([9.4]);
  });

  it('pages through all in one order, whatever the size of the pages, while events arrive', async () => {
    const whole = itemsOf(await timeline()).map((item) => item.time);
    let arrived = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), async (limit) => {
        const seen: string[] = [];
        let query: string | undefined = `?limit=${limit}`;
        while (query !== undefined) {
          const page = await timeline(query);
          seen.push(...itemsOf(page).map((item) => item.time));
          const link = /^<[^?]+(\?[^>]+)>; rel="next"$/u.exec(page.link);
          query = link?.[1];
          arrived += 1;
          await rig.tell({
            source: 'puskesmas',
            type: growthMeasured,
            time: new Date(Date.UTC(2026, 10, 13) + arrived * 86_400_000).toISOString(),
            data: { child: child({ localId: 'pkm-77' }), facility, weightKg: 9.5 },
          });
        }
        expect(seen.filter((time) => whole.includes(time))).toEqual(whole);
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 6 },
    );
  });

  it('refuses a cursor that was changed, or made for another purpose or person', async () => {
    const { body } = await timeline('?limit=1');
    const next = body['next'] as string;
    expect((await timeline(`?limit=1&cursor=${next}`)).status).toBe(200);
    for (const cursor of [`${next}A`, next.slice(1), `${next.startsWith('A') ? 'B' : 'A'}${next.slice(1)}`, '']) {
      expect((await timeline(`?cursor=${cursor}`)).status).toBe(400);
    }
    expect((await timeline(`?cursor=${next}`, 'puskesmas', 'case-follow-up')).status).toBe(400);
    expect((await timeline('?limit=0')).status).toBe(400);
    expect((await timeline('?limit=201')).status).toBe(400);
  });
});

describe('a family', () => {
  it('has its members by the best roster, those out of reach by relation only', async () => {
    const civil = { as: 'dukcapil', purpose: 'civil-verification' };
    const whole = await rig.get(`persons/${await idOf(civil.as, civil.purpose)}/family`, civil);
    expect(whole.status).toBe(200);
    const members = (answer: Answer) =>
      answer.body['members'] as { person?: string; relation: string; attributes: object }[];
    expect(members(whole).map(({ relation }) => relation)).toEqual(['head', 'child']);
    expect(members(whole)[0]).toMatchObject({ attributes: { name: { value: 'CONTOH IBU' } } });
    expect(members(whole)[1]?.person).toBe(await idOf(civil.as, civil.purpose));
    expect(whole.body).toMatchObject({ attributes: { familyCard: { value: KK } } });
    const health = { as: 'puskesmas', purpose: 'health-care' };
    const cut = await rig.get(`persons/${await idOf(health.as, health.purpose)}/family`, health);
    expect(members(cut)[0]).toEqual({ relation: 'head', attributes: {} });
    expect(cut.text).not.toMatch(/CONTOH IBU/u);
    expect(cut.text).not.toMatch(/roster/u);
  });

  it('names in the access log all records that it showed', async () => {
    const civil = { as: 'dukcapil', purpose: 'civil-verification' };
    await rig.get(`persons/${await idOf(civil.as, civil.purpose)}/family`, civil);
    const entry = (await entries()).at(-1);
    expect(entry?.route).toBe('GET /registry/v1/persons/{id}/family');
    const { rows } = await rig.database.pool.query(
      'SELECT kind, count(*)::int AS n FROM registry.record WHERE id = ANY($1) GROUP BY kind ORDER BY kind',
      [entry?.records],
    );
    expect(rows).toEqual([
      { kind: 'person', n: 4 },
      { kind: 'family', n: 1 },
    ]);
  });
});
