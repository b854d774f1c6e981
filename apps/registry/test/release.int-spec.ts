import { afterAll, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, growthMeasured } from '@simpul/contracts';
import { testKeys, testRegistryKey } from '@simpul/testing';
import type { PushedMessage } from '@simpul/testing';
import { growthMessages, ingestOnTrial } from './ingest-on-trial.js';
import type { IngestOnTrial } from './ingest-on-trial.js';

const keys = testKeys('release');
const weighing = growthMessages(keys);
const newKey = testRegistryKey('registry-next');
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
async function hashOf(messages: PushedMessage[]): Promise<string> {
  const trial = await fresh();
  await trial.read(0, messages);
  return await trial.hash();
}

const V2 = 'id.simpul.health.growth.measured.v2';
const newVersion = { ...growthMeasured, type: V2, dataschema: 'urn:simpul:schema:health.growth.measured:2' };
const ofV2 = (reference: string, weightKg = 9.4) =>
  weighing({ reference, child: SITI, weightKg, envelope: { type: V2, dataschema: newVersion.dataschema } });

describe('what waits', () => {
  it('is applied once a new version of its type is known, the first of an id first', async () => {
    const trial = await fresh();
    await trial.read(0, [ofV2('v'), weighing({ reference: 'v', child: SITI, weightKg: 12 }), ofV2('w', 10)]);
    expect(await trial.waiting()).toEqual({ [`type:${V2}`]: 3 });
    expect(await trial.release()).toBe(0);
    trial.know({ types: [...EVENT_TYPES, newVersion] });
    expect(await trial.release()).toBe(3);
    expect(await trial.counters()).toEqual({ applied: 2, conflict: 1 });
    expect(await trial.rows('SELECT type FROM registry.service_event ORDER BY place')).toEqual([
      { type: V2 },
      { type: V2 },
    ]);
    expect(await trial.waiting()).toEqual({});
    expect(await trial.unbalanced()).toBe(0);
  });

  it('is judged again only when what it lacks is known', async () => {
    const trial = await fresh();
    const sealed = Array.from({ length: 30 }, (_, n) => weighing({ reference: `k-${n}`, recipient: newKey }));
    const strange = Array.from({ length: 20 }, (_, n) => weighing({ reference: `s-${n}`, source: 'newcomer' }));
    await trial.read(0, [...sealed, ...strange]);
    expect(await trial.waiting()).toEqual({ 'key:registry-next': 30, 'source:newcomer': 20 });
    const before = trial.judged();
    await trial.release();
    await trial.release();
    expect(trial.judged()).toBe(before);
    trial.know({ sources: { newcomer: ['health'] } });
    expect(await trial.release()).toBe(20);
    expect(trial.judged()).toBe(before + 20);
    expect(await trial.counters()).toEqual({ applied: 20, waiting: 30 });
  });

  it('is left alone again when it lacks one more thing', async () => {
    const trial = await fresh();
    await trial.read(0, [weighing({ reference: 'k', source: 'newcomer', recipient: newKey })]);
    trial.know({ opening: [newKey, ...keys.opening] });
    expect(await trial.release()).toBe(0);
    expect(await trial.waiting()).toEqual({ 'source:newcomer': 1 });
    const judged = trial.judged();
    await trial.release();
    expect(trial.judged()).toBe(judged);
    expect(await trial.rows('SELECT code FROM operations.dead_letter')).toEqual([{ code: 'event.waiting.source' }]);
  });

  it('behind an earlier message of its id follows it, also after another of them lacked something else', async () => {
    const trial = await fresh();
    const sealed = weighing({ reference: 'q', recipient: newKey, weightKg: 9 });
    const garbled = { ...sealed, key: 'another' };
    await trial.read(0, [
      garbled,
      weighing({ reference: 'q', recipient: testRegistryKey('registry-lost'), weightKg: 9 }),
    ]);
    await trial.read(1, [weighing({ reference: 'q', weightKg: 12 })]);
    expect(await trial.waiting()).toEqual({ 'key:registry-next': 2, 'key:registry-lost': 1 });
    trial.know({ opening: [newKey, ...keys.opening] });
    expect(await trial.release()).toBe(1);
    expect(await trial.waiting()).toEqual({ 'key:registry-lost': 2 });
    trial.know({ opening: [testRegistryKey('registry-lost'), ...keys.opening] });
    expect(await trial.release()).toBe(2);
    expect(await trial.counters()).toEqual({ applied: 1, conflict: 1, dead: 1 });
    expect(await trial.unbalanced()).toBe(0);
  });

  it('stands as before when the process dies in the middle, and another one applies it', async () => {
    const trial = await fresh();
    const sealed = (recipient = newKey) =>
      Array.from({ length: 600 }, (_, n) =>
        weighing({ reference: `k-${n}`, recipient, child: { ...SITI, localId: `c-${n % 50}` }, weightKg: 8 + n / 100 }),
      );
    await trial.read(0, sealed());
    trial.know({ opening: [newKey, ...keys.opening] });
    await trial.killedAtTheEnd(() => trial.release());
    expect(await trial.counters()).toEqual({ waiting: 600 });
    expect(await trial.unbalanced()).toBe(0);
    expect(await trial.release()).toBe(600);
    expect(await trial.counters()).toEqual({ applied: 600 });
    expect(await trial.hash()).toBe(await hashOf(sealed(keys.opening[0])));
  });

  it('is released once by two processes that look at the same time', async () => {
    const trial = await fresh();
    await trial.read(
      0,
      Array.from({ length: 60 }, (_, n) => weighing({ reference: `k-${n}`, recipient: newKey })),
    );
    trial.know({ opening: [newKey, ...keys.opening] });
    const released = await Promise.all([trial.release(), trial.release()]);
    expect(released.reduce((sum, n) => sum + n)).toBe(60);
    expect(await trial.counters()).toEqual({ applied: 60 });
    expect(await trial.rows('SELECT count(*)::int AS n FROM registry.service_event')).toEqual([{ n: 60 }]);
  });

  it('and is then refused by the database dies alone', async () => {
    const trial = await fresh();
    await trial.owner.pool.query(
      'ALTER TABLE registry.service_event ADD CONSTRAINT no_thirteen CHECK (revision <> 13)',
    );
    await trial.read(
      0,
      Array.from({ length: 7 }, (_, n) =>
        weighing({ reference: `k-${n}`, recipient: newKey, revision: n === 4 ? 13 : 1 }),
      ),
    );
    trial.know({ opening: [newKey, ...keys.opening] });
    expect(await trial.release()).toBe(7);
    expect(await trial.counters()).toEqual({ applied: 6, dead: 1 });
    expect(await trial.rows('SELECT state, code, lacks FROM operations.dead_letter')).toEqual([
      { state: 'dead', code: 'event.storable', lacks: '' },
    ]);
  });
});
