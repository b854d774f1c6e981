import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES } from '@simpul/contracts';
import { Log, Metrics } from '@simpul/process';
import { testKeys } from '@simpul/testing';
import type { PushedMessage } from '@simpul/testing';
import { applyContextOf } from '../src/ingest/apply-context.js';
import { RebuildWatch } from '../src/rebuild/rebuild-watch.js';
import { RebuildStore } from '../src/rebuild/rebuild.store.js';
import { Rebuilder } from '../src/rebuild/rebuilder.store.js';
import { sealFolded } from '../src/record/folded-part.js';
import { unwrapDataKey } from '../src/record/sealed-part.js';
import { growthMessages, ingestOnTrial } from './ingest-on-trial.js';
import type { IngestOnTrial } from './ingest-on-trial.js';
import { LedgerTeller } from './ledger-teller.js';
import { startReading } from './reading-rig.js';
import type { ReadingRig } from './reading-rig.js';

const keys = testKeys('rebuild');
const weighing = growthMessages(keys);
const NIK = 'https://fhir.kemkes.go.id/id/nik';
const childOf = (n: number) => ({
  localId: `c-${n}`,
  name: `CONTOH ${n}`,
  sex: 'F' as const,
  birthDate: '2024-08-12',
  identifiers: [{ system: NIK, value: `317409520824${9001 + n}` }],
});

const open: IngestOnTrial[] = [];
async function fresh(): Promise<IngestOnTrial> {
  const trial = await ingestOnTrial(keys);
  open.push(trial);
  return trial;
}
afterAll(async () => {
  for (const trial of open) await trial.drop();
});

const CHILDREN = 60;
/** Revisions, withdrawals and repairs among them. */
function months(from: number, count: number): PushedMessage[] {
  return Array.from({ length: count }, (_, at) => {
    const n = from + at;
    const digest = n % 11 === 3 ? 'd'.repeat(43) : undefined;
    return weighing({
      reference: `m-${n % 7 === 0 ? Math.max(n - 5, 0) : n}`,
      revision: n,
      child: { ...childOf(n % CHILDREN), name: `CONTOH ${n % CHILDREN} ${n % 3}` },
      weightKg: 5 + (n % 90) / 10,
      ...(n % 13 === 0 && { withdrawn: true }),
      ...(digest !== undefined && { digest, mapping: 1 + (n % 2) }),
    });
  });
}

async function filled(): Promise<IngestOnTrial> {
  const trial = await fresh();
  const all = months(0, 300);
  await trial.read(0, all.slice(0, 150));
  await trial.read(1, all.slice(150));
  return trial;
}

/** One more process: nothing is remembered from one to the next. */
const rebuilderOf = ({ database }: IngestOnTrial, chunk: number, own = keys): Rebuilder =>
  new Rebuilder({ database, context: applyContextOf({ timeZoneOffset: '+07:00' }, own, database), chunk });

async function foldAll(rebuilder: Rebuilder, id: string): Promise<void> {
  while (await rebuilder.foldNext(id));
}

async function rebuild(trial: IngestOnTrial, go = false) {
  const rebuilder = rebuilderOf(trial, 25);
  const { id } = await rebuilder.begin('spec');
  await foldAll(rebuilder, id);
  await rebuilder.catchUp(id);
  return (await rebuilder.finish(id, go)).row;
}

const stored = (trial: IngestOnTrial) =>
  trial.rows(`SELECT r.*, (SELECT json_agg(i ORDER BY attribute) FROM registry.record_identifier i WHERE i.record = r.id) AS identifiers,
                (SELECT epoch FROM registry.feed_head) FROM registry.record r ORDER BY id`);
/** The same without what differs between two seals of one content. */
const clear = (trial: IngestOnTrial) =>
  trial.rows(`SELECT id, kind, source, linking, birth_year, sex, area, vital_status, folded IS NULL AS empty,
                (SELECT json_agg(i ORDER BY attribute) FROM registry.record_identifier i WHERE i.record = r.id) AS identifiers
              FROM registry.record r ORDER BY id`);
const epoch = async (trial: IngestOnTrial) => (await trial.rows('SELECT epoch FROM registry.feed_head'))[0];
const leftovers = (trial: IngestOnTrial) =>
  trial.rows(`SELECT (SELECT count(*)::int FROM registry.record_rebuild) AS records, (SELECT count(*)::int FROM registry.record_touched) AS touched,
                (SELECT count(*)::int FROM registry.record_identifier_rebuild) AS identifiers`);
const NOTHING_LEFT = [{ records: 0, touched: 0, identifiers: 0 }];

async function recordsAt(trial: IngestOnTrial, count: number): Promise<string[]> {
  const rows = await trial.rows<{ id: string }>(
    `SELECT id FROM registry.record WHERE linking IS NOT NULL ORDER BY id LIMIT ${count}`,
  );
  return rows.map(({ id }) => id);
}

/** Seals another folded state into a record, as a faulty fold would have. */
async function reseal(trial: IngestOnTrial, id: string): Promise<void> {
  const { rows } = await trial.database.pool.query<{ wrapped: Buffer; kek: string }>(
    'SELECT wrapped, kek FROM registry.record_key WHERE record = $1',
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error('The record has no key');
  const claim = { value: 'CONTOH SALAH', time: 1, recordedTime: 1, id: 'growth-measurement/x/0' };
  const folded = sealFolded(unwrapDataKey(row.wrapped, row.kek, keys.wrapping), id, { name: claim });
  await trial.owner.pool.query('UPDATE registry.record SET folded = $2 WHERE id = $1', [id, folded]);
}

describe('a rebuild of a healthy registry', () => {
  it('finds every kind of event folded as it should be, and changes nothing', async () => {
    const trial = await fresh();
    await trial.read(1, months(0, 300));
    const teller = new LedgerTeller(trial.database, keys);
    for (const type of EVENT_TYPES)
      for (const { data } of type.examples)
        await teller.tell({ source: 'posyandu', type, data, time: '2026-11-12T02:14:00.000Z' });
    const before = await stored(trial);
    const row = await rebuild(trial, true);
    expect(row).toMatchObject({ state: 'identical', differing: '0', attributes: {}, sample: [] });
    expect(row.done).toBe(String(before.length));
    expect(Number(row.events)).toBeGreaterThan(200);
    expect(await stored(trial)).toEqual(before);
    expect(await leftovers(trial)).toEqual(NOTHING_LEFT);
  });

  it('finds nothing either while others write and read, and stops them for a moment only', async () => {
    const trial = await filled();
    const rebuilder = rebuilderOf(trial, 10);
    const state = { isFolding: true };
    const slowest = { read: 0, write: 0 };
    const timed = async (what: keyof typeof slowest, work: () => Promise<unknown>): Promise<void> => {
      const from = performance.now();
      await work();
      slowest[what] = Math.max(slowest[what], performance.now() - from);
    };
    const writing = async (): Promise<void> => {
      for (let n = 300; state.isFolding; n += 20) await timed('write', () => untilIngested(trial, months(n, 20)));
    };
    const reading = async (): Promise<void> => {
      while (state.isFolding) await timed('read', () => trial.rows('SELECT count(folded) FROM registry.record'));
    };
    const folding = async () => {
      try {
        const { id } = await rebuilder.begin('spec');
        const from = performance.now();
        await foldAll(rebuilder, id);
        const seconds = (performance.now() - from) / 1000;
        await rebuilder.catchUp(id);
        return { ...(await rebuilder.finish(id, true)), seconds };
      } finally {
        state.isFolding = false;
      }
    };
    const [{ row, stoppedMs, seconds }] = await Promise.all([folding(), writing(), reading()]);
    expect(row).toMatchObject({ state: 'identical', differing: '0' });
    expect(await trial.unbalanced()).toBe(0);
    console.log(
      `${(Number(row.events) / seconds).toFixed(0)} events/s beside an ingest; writers stopped ${stoppedMs.toFixed(0)} ms; ` +
        `slowest write ${slowest.write.toFixed(0)} ms, slowest read ${slowest.read.toFixed(0)} ms`,
    );
  });
});

/** As the consumer does: what waited too long for a lock is tried again. */
async function untilIngested(trial: IngestOnTrial, messages: PushedMessage[]): Promise<void> {
  for (;;) {
    try {
      await trial.read(2, messages);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error;
    }
  }
}

describe('records that were spoiled by hand', () => {
  async function spoiled() {
    const trial = await filled();
    const before = { hash: await trial.hash(), clear: await clear(trial), epoch: await epoch(trial) };
    const ids = await recordsAt(trial, 7);
    const [year, bytes, content, identifier, strange, gone, source] = ids as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const { pool } = trial.owner;
    await pool.query('UPDATE registry.record SET birth_year = 1901, linking = NULL WHERE id = $1', [year]);
    await pool.query(`UPDATE registry.record SET folded = '\\x00' || folded WHERE id = $1`, [bytes]);
    await reseal(trial, content);
    await pool.query('DELETE FROM registry.record_identifier WHERE record = $1', [identifier]);
    await pool.query(`INSERT INTO registry.record_identifier VALUES ($1, 'jkn', '\\x01')`, [strange]);
    await pool.query('DELETE FROM registry.record WHERE id = $1', [gone]);
    await pool.query('UPDATE registry.record SET source = 0 WHERE id = $1', [source]);
    const sample = [
      { record: year, attributes: ['birthYear', 'linking'] },
      { record: bytes, attributes: ['(folded)'] },
      { record: content, attributes: ['birthDate', 'localId', 'name', 'nik', 'sex'] },
      { record: identifier, attributes: ['(identifiers)'] },
      { record: strange, attributes: ['(identifiers)'] },
      { record: gone, attributes: ['(record)'] },
      { record: source, attributes: ['source'] },
    ];
    return { trial, before, sample };
  }

  it('are named with what differs, and left as they are', async () => {
    const { trial, sample } = await spoiled();
    const asTheyAre = await stored(trial);
    const row = await rebuild(trial);
    expect(row).toMatchObject({
      state: 'differs',
      differing: '7',
      attributes: { '(identifiers)': 2, name: 1, linking: 1 },
    });
    expect(row.sample?.map(({ record }) => record)).toEqual(sample.map(({ record }) => record));
    for (const [n, expected] of sample.entries())
      expect(row.sample?.[n]?.attributes).toEqual(expect.arrayContaining(expected.attributes));
    expect(JSON.stringify(row)).not.toMatch(/CONTOH|\b\d{16}\b/u);
    expect(await stored(trial)).toEqual(asTheyAre);
    expect(await leftovers(trial)).toEqual(NOTHING_LEFT);
  });

  it('are put right with go, and a follower of the feed begins anew', async () => {
    const { trial, before } = await spoiled();
    expect(await trial.hash().catch(() => 'cannot be opened')).not.toBe(before.hash);
    expect(await rebuild(trial, true)).toMatchObject({ state: 'mended', differing: '7' });
    expect(await trial.hash()).toBe(before.hash);
    expect(await clear(trial)).toEqual(before.clear);
    expect(await epoch(trial)).not.toEqual(before.epoch);
    expect(await rebuild(trial, true)).toMatchObject({ state: 'identical' });
    expect(await leftovers(trial)).toEqual(NOTHING_LEFT);
  });

  it('do not lose what is written between their folding and the end', async () => {
    const trial = await filled();
    const other = await filled();
    const later = Array.from({ length: CHILDREN }, (_, n) =>
      weighing({
        reference: `late-${n}`,
        time: '2026-11-19T02:14:00.000Z',
        child: { localId: `c-${n}`, name: 'CONTOH BARU' },
      }),
    );
    for (const id of await recordsAt(trial, CHILDREN)) await reseal(trial, id);
    const rebuilder = rebuilderOf(trial, 25);
    const { id } = await rebuilder.begin('spec');
    await foldAll(rebuilder, id);
    await trial.read(2, later);
    await other.read(2, later);
    expect((await rebuilder.finish(id, true)).row).toMatchObject({ state: 'mended' });
    expect(await trial.hash()).toBe(await other.hash());
    await trial.read(2, months(300, 20));
    await other.read(2, months(300, 20));
    expect(await trial.hash()).toBe(await other.hash());
  });
});

describe('a build with other rules', () => {
  const other = testKeys('rebuild-other');

  it('brings every record to them', async () => {
    const trial = await filled();
    const before = { hash: await trial.hash(), clear: await clear(trial) };
    const rules = { ...keys, index: other.index };
    const rebuilder = rebuilderOf(trial, 25, rules);
    const { id } = await rebuilder.begin('spec');
    await foldAll(rebuilder, id);
    const { row } = await rebuilder.finish(id, true);
    expect(row).toMatchObject({
      state: 'mended',
      differing: String(CHILDREN),
      attributes: { '(identifiers)': CHILDREN },
    });
    expect(await trial.hash()).toBe(before.hash);
    expect(await clear(trial)).not.toEqual(before.clear);
    const again = rebuilderOf(trial, 25, rules);
    const next = await again.begin('spec');
    await foldAll(again, next.id);
    expect((await again.finish(next.id, false)).row).toMatchObject({ state: 'identical' });
  });

  it('is told that events cannot be moved to other records, and nothing is changed', async () => {
    const trial = await filled();
    const before = await stored(trial);
    const rebuilder = rebuilderOf(trial, 25, { ...keys, recordId: other.recordId });
    const { id } = await rebuilder.begin('spec');
    await expect(rebuilder.foldNext(id)).rejects.toThrow('cannot move events');
    expect(await stored(trial)).toEqual(before);
  });
});

describe('a rebuild that is broken off', () => {
  it('goes on where the last step ended', async () => {
    const trial = await filled();
    const [first] = await recordsAt(trial, 1);
    await trial.owner.pool.query('UPDATE registry.record SET sex = NULL WHERE id = $1', [first]);
    const { events } = await rebuild(trial);
    const killed = rebuilderOf(trial, 25);
    const { id } = await killed.begin('spec');
    await killed.foldNext(id);
    await trial.killedAtTheEnd(() => killed.foldNext(id), 'operations.rebuild');
    const next = rebuilderOf(trial, 25);
    expect(await next.begin('spec')).toMatchObject({ id, state: 'folding', done: '25' });
    await foldAll(next, id);
    await trial.killedAtTheEnd(() => next.finish(id, true), 'operations.rebuild');
    const { row } = await rebuilderOf(trial, 25).finish(id, true);
    expect(row).toMatchObject({
      state: 'mended',
      done: row.total,
      events,
      sample: [{ record: first, attributes: ['sex'] }],
    });
  });

  it('is at the hands of one process, until that one is dead', async () => {
    const trial = await fresh();
    const result = await rebuilderOf(trial, 25).alone(() =>
      rebuilderOf(trial, 25)
        .alone(() => Promise.resolve('both'))
        .then((other) => ({ other })),
    );
    expect(result).toEqual({ other: undefined });
    expect(await rebuilderOf(trial, 25).alone(() => Promise.resolve('one'))).toBe('one');
  });

  it('leaves nothing once it is cancelled', async () => {
    const trial = await filled();
    const rebuilder = rebuilderOf(trial, 25);
    const { id } = await rebuilder.begin('spec');
    await rebuilder.foldNext(id);
    await trial.read(2, months(300, 20));
    expect(await rebuilder.jobs.cancel(id)).toBe(true);
    expect(await leftovers(trial)).toEqual(NOTHING_LEFT);
    await expect(rebuilder.foldNext(id)).rejects.toThrow('no longer under way');
    expect(await rebuilder.jobs.cancel(id)).toBe(false);
    await trial.read(2, months(320, 20));
    expect(await leftovers(trial)).toEqual(NOTHING_LEFT);
  });
});

describe('what operators see', () => {
  let rig: ReadingRig;
  beforeAll(async () => {
    rig = await startReading();
    await rig.database.pool.query(
      `INSERT INTO operations.rebuild (state, asked_by, total, done, events, differing, attributes, sample) VALUES
         ('identical', 'spec', 4, 4, 9, 0, '{}', '[]'),
         ('differs', 'spec', 4, 4, 9, 1, '{"sex":1}', '[{"record":"5f0c1d7e-4b1a-8c3d-9e2f-0a1b2c3d4e5f","attributes":["sex"]}]'),
         ('folding', 'spec', 4, 2, 5, NULL, NULL, NULL)`,
    );
  });
  afterAll(() => rig.close());
  const operator = { as: 'kota', scopes: ['operations'] };

  it('lists the jobs, newest first, and tells of one', async () => {
    const { body } = await rig.get('rebuilds?limit=2', operator);
    expect(body).toMatchObject({ items: [{ state: 'folding', total: 4, done: 2, events: 5 }, { state: 'differs' }] });
    const rest = await rig.get(`rebuilds?limit=2&cursor=${String(body['next'])}`, operator);
    expect(rest.body['items']).toEqual([expect.objectContaining({ state: 'identical', differing: 0 })]);
    const [, differs] = body['items'] as { number: string }[];
    expect((await rig.get(`rebuilds/${differs?.number}`, operator)).body).toMatchObject({
      differing: 1,
      attributes: { sex: 1 },
      sample: [{ record: '5f0c1d7e-4b1a-8c3d-9e2f-0a1b2c3d4e5f', attributes: ['sex'] }],
    });
    expect((await rig.get('rebuilds/999', operator)).status).toBe(404);
    expect((await rig.get('rebuilds', { as: 'kota', scopes: ['events:own'] })).status).toBe(403);
  });

  it('is told of a rebuild that nobody works on, until it is cancelled', async () => {
    const lines: string[] = [];
    const metrics = new Metrics();
    const log = new Log({ name: 'spec', destination: { write: (line: string) => lines.push(line) } });
    const trial = await filled();
    const rebuilder = rebuilderOf(trial, 25);
    const watch = new RebuildWatch(rebuilder.jobs, log, metrics);
    const idleFor = (minutes: number): Promise<unknown> =>
      trial.owner.pool.query(`UPDATE operations.rebuild SET changed_at = now() - $1 * interval '1 minute'`, [minutes]);
    const gauge = async (): Promise<number> =>
      Number(/simpul_rebuild_idle_seconds (\d+)/u.exec(await metrics.text())?.[1] ?? Number.NaN);
    const { id } = await rebuilder.begin('spec');
    await rebuilder.foldNext(id);
    await idleFor(9);
    await watch.look();
    expect(lines).toEqual([]);
    expect(await gauge()).toBeGreaterThanOrEqual(540);
    await idleFor(11);
    await watch.look();
    await watch.look();
    const told = lines.map((line) => JSON.parse(line) as { msg: string; ms: number });
    expect(told).toHaveLength(2);
    for (const { msg, ms } of told)
      expect({ msg, minutes: Math.floor(ms / 60_000) }).toEqual({ msg: 'rebuild.stale', minutes: 11 });
    await rebuilder.foldNext(id);
    await watch.look();
    expect(lines).toHaveLength(2);
    expect(await gauge()).toBeLessThan(60);
    await idleFor(11);
    await rebuilder.jobs.cancel(id);
    await watch.look();
    expect(lines).toHaveLength(2);
    expect(await gauge()).toBe(0);
  });

  it('does not take a rebuild for left that folds once more what writers touched', async () => {
    const trial = await filled();
    const rebuilder = rebuilderOf(trial, 100);
    const { id } = await rebuilder.begin('spec');
    await foldAll(rebuilder, id);
    const { pool } = trial.owner;
    await pool.query('INSERT INTO registry.record_touched SELECT gen_random_uuid(), 1 FROM generate_series(1, 501)');
    await pool.query(`UPDATE operations.rebuild SET changed_at = now() - interval '1 hour'`);
    await rebuilder.catchUp(id);
    expect(await rebuilder.jobs.findIdleSeconds()).toBeLessThan(60);
  });

  it('is told of differences that were left, once, and of none when they are gone', async () => {
    const lines: string[] = [];
    const metrics = new Metrics();
    const log = new Log({ name: 'spec', destination: { write: (line: string) => lines.push(line) } });
    const watch = new RebuildWatch(new RebuildStore(rig.database), log, metrics);
    await watch.look();
    await watch.look();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ msg: 'rebuild.differs', count: 1 }),
    ]);
    expect(await metrics.text()).toMatch(/simpul_rebuild_differing 1\n/u);
    await rig.database.pool.query(
      `UPDATE operations.rebuild SET state = 'mended', differing = 1 WHERE state = 'folding'`,
    );
    await watch.look();
    expect(lines).toHaveLength(1);
    expect(await metrics.text()).toMatch(/simpul_rebuild_differing 0\n/u);
  });
});
