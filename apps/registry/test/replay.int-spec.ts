import { afterAll, describe, expect, it } from '@jest/globals';
import { testKeys, testRegistryKey } from '@simpul/testing';
import type { PushedMessage } from '@simpul/testing';
import type { LetterFilter } from '../src/replay/letter-filter.js';
import { growthMessages, ingestOnTrial } from './ingest-on-trial.js';
import type { IngestOnTrial } from './ingest-on-trial.js';

const keys = testKeys('replay');
const weighing = growthMessages(keys);
const SITI = { localId: 'c-1', name: 'CONTOH SATU', sex: 'F' as const, birthDate: '2024-08-12' };

const open: IngestOnTrial[] = [];
async function fresh(): Promise<IngestOnTrial> {
  const trial = await ingestOnTrial(keys);
  open.push(trial);
  return trial;
}
afterAll(async () => {
  for (const trial of open) await trial.drop();
});

async function hashOf(...reads: [partition: number, PushedMessage[]][]): Promise<string> {
  const trial = await fresh();
  for (const [partition, messages] of reads) await trial.read(partition, messages);
  return await trial.hash();
}

/** A rule of the database that this build has and the next one has not. */
const forbid = (trial: IngestOnTrial, revision: number) =>
  trial.owner.pool.query(`ALTER TABLE registry.service_event ADD CONSTRAINT forbidden CHECK (revision <> ${revision})`);
const allow = (trial: IngestOnTrial) =>
  trial.owner.pool.query('ALTER TABLE registry.service_event DROP CONSTRAINT forbidden');

async function replay(trial: IngestOnTrial, filter: LetterFilter = {}): Promise<Record<string, number>> {
  const job = await trial.replays.create(filter, 'kota');
  while (await trial.tryNext(job));
  expect(await trial.replays.find(job)).toMatchObject({ state: 'done' });
  expect(await trial.unbalanced()).toBe(0);
  return await trial.replays.countOutcomes(job);
}

const letters = (trial: IngestOnTrial) =>
  trial.rows('SELECT state, code, reference FROM operations.dead_letter ORDER BY partition, "offset"');

describe('a replay', () => {
  it('applies what died of a fault that is mended, as if it had never died, and once', async () => {
    const trial = await fresh();
    await forbid(trial, 13);
    const all = Array.from({ length: 9 }, (_, n) =>
      weighing({ reference: `p-${n}`, revision: n % 3 === 0 ? 13 : 1, child: SITI, weightKg: 8 + n / 10 }),
    );
    await trial.read(0, all.slice(0, 5));
    await trial.read(1, all.slice(5));
    expect(await trial.counters()).toEqual({ applied: 6, dead: 3 });
    expect(await replay(trial)).toEqual({ dead: 3 });
    expect(await trial.counters()).toEqual({ applied: 6, dead: 3 });
    await allow(trial);
    expect(await replay(trial)).toEqual({ applied: 3 });
    expect(await trial.counters()).toEqual({ applied: 9 });
    expect(await trial.hash()).toBe(await hashOf([0, all]));
    expect(await letters(trial)).toEqual(
      [0, 3, 6].map((n) => ({ state: 'repaired', code: 'event.storable', reference: `p-${n}` })),
    );
    expect(await replay(trial)).toEqual({});
    await trial.read(2, all);
    expect(await trial.counters()).toEqual({ applied: 9, duplicate: 9 });
  });

  it('goes by the order of time, and leaves what still does not fit, with the reason of today', async () => {
    const trial = await fresh();
    await trial.read(0, [
      weighing({ reference: 'heavy', weightKg: 4000 }),
      { ...weighing({}), value: Buffer.from('x') },
    ]);
    const job = await trial.replays.create({}, 'kota');
    expect(await trial.tryNext(job)).toBe(true);
    expect(await trial.replays.listItems(job, 0, 10)).toEqual([
      {
        n: 1,
        letter: expect.any(String),
        outcome: 'dead',
        code: 'event.schema',
        source: 'puskesmas',
        event: 'growth-measurement/heavy/0',
      },
      {
        n: 2,
        letter: expect.any(String),
        outcome: 'dead',
        code: 'event.envelope',
        source: '(unreadable)',
        event: null,
      },
    ]);
    expect(await trial.counters()).toEqual({ dead: 2 });
    expect(await letters(trial)).toMatchObject([{ state: 'dead' }, { state: 'dead' }]);
  });

  it('never merges a conflict', async () => {
    const trial = await fresh();
    await trial.read(0, [weighing({ reference: 'a' }), weighing({ reference: 'a', weightKg: 12 })]);
    const before = await trial.hash();
    expect(await trial.replays.plan({})).toMatchObject({ tried: 0, conflicts: 1, byCode: { 'event.conflict': 1 } });
    expect(await replay(trial)).toEqual({ conflict: 1 });
    expect(await trial.counters()).toEqual({ applied: 1, conflict: 1 });
    expect(await letters(trial)).toEqual([{ state: 'dead', code: 'event.conflict', reference: 'a' }]);
    expect(await trial.hash()).toBe(before);
  });

  it('settles messages that proved no id before with all that the ledger knows by now', async () => {
    const trial = await fresh();
    const [alone, told, other] = ['alone', 'told', 'other'].map((reference) =>
      weighing({ reference, source: 'sekolah', child: SITI }),
    ) as [PushedMessage, PushedMessage, PushedMessage];
    trial.know({ sources: { sekolah: ['education'] } });
    await trial.read(0, [alone, told, other]);
    expect(await letters(trial)).toEqual(
      [0, 1, 2].map(() => ({ state: 'dead', code: 'event.source', reference: null })),
    );
    trial.know({ sources: { sekolah: ['education', 'health'] } });
    await trial.read(1, [told, weighing({ reference: 'other', source: 'sekolah', child: SITI, weightKg: 12 })]);
    expect(await replay(trial)).toEqual({ applied: 1, duplicate: 1, conflict: 1 });
    expect(await trial.counters()).toEqual({ applied: 3, duplicate: 1, conflict: 1 });
    expect(await letters(trial)).toEqual([
      { state: 'repaired', code: 'event.source', reference: 'alone' },
      { state: 'repaired', code: 'event.source', reference: 'told' },
      { state: 'dead', code: 'event.conflict', reference: 'other' },
    ]);
  });

  it('after a higher revision was applied changes nothing that counts', async () => {
    const trial = await fresh();
    const first = weighing({ reference: 'r', revision: 1, child: SITI, weightKg: 9 });
    const second = weighing({ reference: 'r', revision: 2, child: SITI, weightKg: 10 });
    await forbid(trial, 1);
    await trial.read(0, [first]);
    await trial.read(1, [second]);
    await allow(trial);
    const folded = await trial.rows('SELECT birth_year, folded FROM registry.record');
    expect(await replay(trial)).toEqual({ applied: 1 });
    expect(await trial.rows('SELECT birth_year, folded FROM registry.record')).toEqual(folded);
    expect(await trial.hash()).toBe(await hashOf([0, [first, second]]));
  });

  it('leaves to a later translation what it replaced, and tries that one', async () => {
    const trial = await fresh();
    const digest = 'd'.repeat(43);
    const [old, now] = [1, 2].map((mapping) =>
      weighing({ reference: 'm', revision: 5, child: SITI, digest, mapping, weightKg: 8 + mapping }),
    ) as [PushedMessage, PushedMessage];
    await forbid(trial, 5);
    await trial.read(0, [old, now]);
    expect(await trial.counters()).toEqual({ dead: 2 });
    await allow(trial);
    const [letter] = await trial.rows<{ id: string }>('SELECT id FROM operations.dead_letter ORDER BY "offset"');
    expect(await replay(trial, { ids: [letter?.id ?? ''] })).toEqual({ dead: 1 });
    expect(await replay(trial)).toEqual({ applied: 1, dead: 1 });
    expect(await letters(trial)).toMatchObject([{ state: 'repaired' }, { state: 'repaired' }]);
    expect(await trial.hash()).toBe(await hashOf([0, [now]]));
  });

  it('does not take for dead what this process has no key for', async () => {
    const trial = await fresh();
    const former = testRegistryKey('registry-former');
    trial.know({ opening: [former, ...keys.opening] });
    await trial.read(0, [weighing({ reference: 'k', weightKg: 4000, recipient: former })]);
    trial.know({ opening: keys.opening });
    expect(await replay(trial)).toEqual({ dead: 1 });
    expect(await letters(trial)).toEqual([{ state: 'dead', code: 'event.schema', reference: 'k' }]);
    expect(await trial.counters()).toEqual({ dead: 1 });
  });
});

describe('many letters', () => {
  const COUNT = 450;

  async function dying(): Promise<IngestOnTrial> {
    const trial = await fresh();
    trial.know({ sources: { puskesmas: [] } });
    const children = Array.from({ length: COUNT }, (_, n) =>
      weighing({ reference: `b-${n}`, child: { ...SITI, localId: `c-${n % 40}` } }),
    );
    for (const partition of [0, 1, 2])
      await trial.read(
        partition,
        children.filter((_, n) => n % 3 === partition),
      );
    trial.know({ sources: { puskesmas: ['health'] } });
    return trial;
  }

  it('have one effect when two jobs and many processes try them at once', async () => {
    const trial = await dying();
    const jobs = [await trial.replays.create({}, 'kota'), await trial.replays.create({}, 'kota')];
    const work = async (job: string): Promise<void> => {
      while ((await trial.replays.find(job))?.state === 'running') await trial.tryNext(job).catch(lockTimeout);
    };
    await Promise.all([...jobs, ...jobs].map(work));
    expect(await trial.counters()).toEqual({ applied: COUNT });
    expect(await trial.unbalanced()).toBe(0);
    expect(
      await trial.rows(
        'SELECT outcome, count(*)::int AS n FROM operations.replay_item GROUP BY outcome ORDER BY outcome',
      ),
    ).toEqual([
      { outcome: 'applied', n: COUNT },
      { outcome: 'skipped', n: COUNT },
    ]);
    expect(await trial.rows('SELECT count(*)::int AS n FROM registry.service_event')).toEqual([{ n: COUNT }]);
  });

  it('are all tried, each once, though the first process dies in the middle', async () => {
    const trial = await dying();
    const job = await trial.replays.create({}, 'kota');
    await trial.tryNext(job);
    await trial.killedAtTheEnd(() => trial.tryNext(job));
    expect(await trial.unbalanced()).toBe(0);
    expect(await trial.replays.find(job)).toMatchObject({ state: 'running', done: 200, total: COUNT });
    while (await trial.tryNext(job));
    expect(await trial.replays.countOutcomes(job)).toEqual({ applied: COUNT });
    expect(await trial.counters()).toEqual({ applied: COUNT });
  });

  it('stay where they are once the job is cancelled', async () => {
    const trial = await dying();
    const job = await trial.replays.create({ topic: trial.topic, partition: 1 }, 'kota');
    expect(await trial.replays.find(job)).toMatchObject({ total: COUNT / 3 });
    const all = await trial.replays.create({ source: 'puskesmas' }, 'kota');
    await trial.tryNext(all);
    expect(await trial.replays.cancel(all)).toBe('running');
    expect(await trial.tryNext(all)).toBe(false);
    expect(await trial.replays.cancel(all)).toBe('cancelled');
    expect(await trial.replays.find(all)).toMatchObject({ state: 'cancelled', done: 200 });
    expect(await trial.counters()).toEqual({ applied: 200, dead: COUNT - 200 });
  });
});

/** Two writers on one partition: the second one gives up its wait for the lock, and tries again. */
function lockTimeout(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error;
}
