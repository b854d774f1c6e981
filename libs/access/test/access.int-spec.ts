import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@simpul/database';
import { testDatabase, type TestDatabase } from '@simpul/testing';
import { AccessData, type AccessEntry, AccessLog, type Purpose, PurposeStore, SourceStore } from '@simpul/access';

let base: TestDatabase;
let data: AccessData;
let purposes: PurposeStore;
let sources: SourceStore;
beforeAll(async () => {
  base = await testDatabase();
  data = new AccessData(base.url);
  purposes = new PurposeStore(data);
  sources = new SourceStore(data);
});
afterAll(async () => {
  await data.close();
  await base.drop();
});

const caller = { clientId: 'puskesmas', source: 'puskesmas', scopes: ['persons:read'] };

describe('purposes', () => {
  it('are there from the start, with basis, groups and reach', async () => {
    const all = await purposes.listPurposes();
    expect(all.map(({ code, reach }) => `${code} ${reach}`)).toEqual([
      'case-follow-up own',
      'civil-verification any',
      'education-enrolment own',
      'health-care own',
      'social-eligibility any',
    ]);
    expect(
      all.every(({ legalBasis, groups, sources: who }) => legalBasis.length > 20 && groups.length > 3 && who === '*'),
    ).toBe(true);
  });

  it('may be stated by the clients that have them, and nobody learns which others there are', async () => {
    await sources.add({
      name: 'puskesmas',
      sectors: ['health'],
      scopes: ['persons:read'],
      purposes: ['health-care', 'no-such'],
    });
    expect(await purposes.getAllowed('health-care', caller)).toMatchObject({ code: 'health-care', reach: 'own' });
    for (const code of ['civil-verification', 'no-such', 'never-heard']) {
      await expect(purposes.getAllowed(code, caller)).rejects.toMatchObject({
        code: 'purpose.not-allowed',
        status: 403,
      });
    }
    await expect(purposes.getAllowed('health-care', { ...caller, clientId: 'other' })).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('sources', () => {
  it('are added once, with a client and the public half of its key', async () => {
    const { clientId, privateJwk } = await sources.add({
      name: 'sdn-09',
      sectors: ['education'],
      scopes: ['push:education'],
      purposes: [],
    });
    const client = await sources.findClient(clientId);
    expect(client?.jwks.keys[0]).toMatchObject({ kid: privateJwk.kid, x: privateJwk.x });
    expect(JSON.stringify(client)).not.toContain(privateJwk.d);
    await expect(sources.add({ name: 'sdn-09', sectors: [], scopes: [], purposes: [] })).rejects.toThrow(
      'duplicate key',
    );
    expect((await sources.list()).find(({ name }) => name === 'sdn-09')).toMatchObject({
      active: true,
      clients: [{ id: 'sdn-09' }],
    });
  });

  it('lose their clients when they are made inactive', async () => {
    await sources.add({ name: 'gone', sectors: [], scopes: [], purposes: [] });
    await base.database.pool.query(`UPDATE access.source SET active = false WHERE name = 'gone'`);
    expect(await sources.findClient('gone')).toBeUndefined();
  });
});

describe('the sectors of a source', () => {
  it('are corrected with what its clients may push; what they may do beside stays, and a reader stays one', async () => {
    const scopes = ['push:health', 'events:own', 'persons:read'];
    await sources.add({ name: 'dinas-baru', sectors: ['health'], scopes, purposes: [] });
    await sources.add({ name: 'pembaca', sectors: [], scopes: ['persons:read'], purposes: [] });
    await sources.setSectors('dinas-baru', ['social', 'community']);
    await sources.setSectors('pembaca', ['social']);
    expect((await sources.findSource('dinas-baru'))?.sectors).toEqual(['social', 'community']);
    expect((await sources.findClient('dinas-baru'))?.scopes).toEqual([
      'push:social',
      'push:community',
      'events:own',
      'persons:read',
    ]);
    expect((await sources.findClient('pembaca'))?.scopes).toEqual(['persons:read']);
  });
});

describe('the access log', () => {
  const entry = async (change: Partial<AccessEntry> = {}): Promise<AccessEntry> => ({
    records: [randomUUID()],
    caller,
    purpose: (await purposes.findPurpose('health-care')) as Purpose,
    groups: ['identity', 'health'],
    route: '/registry/v1/persons/:id',
    requestId: randomUUID(),
    traceId: '0af7651916cd43dd8448eb211c80319c',
    ...change,
  });
  const stored = async (id: string): Promise<Record<string, unknown> | undefined> =>
    (await base.database.pool.query<Record<string, unknown>>('SELECT * FROM access.access_entry WHERE id = $1', [id]))
      .rows[0];

  it('has the look when record resolves', async () => {
    const look = await entry();
    const id = await new AccessLog(base.database).record(look);
    expect(await stored(id)).toMatchObject({
      records: look.records,
      missed: null,
      client: 'puskesmas',
      source: 'puskesmas',
      purpose: 'health-care',
      basis: look.purpose.legalBasis,
      groups: ['identity', 'health'],
      route: look.route,
      request_id: look.requestId,
      trace_id: look.traceId,
    });
  });

  it('keeps a miss by its blind index', async () => {
    const id = await new AccessLog(base.database).record(await entry({ records: [], missed: Buffer.alloc(32, 1) }));
    expect(await stored(id)).toMatchObject({ records: [], missed: Buffer.alloc(32, 1) });
  });

  it('writes looks of the same moment together, and lets a bad one fail alone', async () => {
    const log = new AccessLog(base.database);
    const good = await Promise.all(Array.from({ length: 300 }, () => entry()));
    const bad = await entry({ records: [] });
    const outcomes = await Promise.allSettled([...good, bad, ...good].map((look) => log.record(look)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(600);
    expect(outcomes[300]).toMatchObject({
      status: 'rejected',
      reason: { code: 'access-log.unavailable', status: 503 },
    });
  });

  it('commits looks that wait at the same time together', async () => {
    const log = new AccessLog(base.database);
    const looks = await Promise.all(Array.from({ length: 64 }, () => entry()));
    const ids = await Promise.all(looks.map((look) => log.record(look)));
    const { rows } = await base.database.pool.query<{ commits: string }>(
      'SELECT count(DISTINCT xmin::text) AS commits FROM access.access_entry WHERE id = ANY($1)',
      [ids],
    );
    // The first goes at once; those that came while it was written share the next.
    expect(Number(rows[0]?.commits)).toBe(2);
  });

  it('is a 503 when the database is away', async () => {
    const away = new Database({ url: 'postgres://nobody@127.0.0.1:1/none' });
    await expect(new AccessLog(away).record(await entry())).rejects.toMatchObject({
      code: 'access-log.unavailable',
      status: 503,
      headers: { 'retry-after': '5' },
    });
    await away.close();
  });

  it('can only be added to by the processes', async () => {
    for (const sql of ['DELETE FROM access.access_entry', "UPDATE access.access_entry SET purpose = 'another'"]) {
      await expect(base.database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
