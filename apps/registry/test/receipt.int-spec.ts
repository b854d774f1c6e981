import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { growthMeasured } from '@simpul/contracts';

import { otherDigest, type Told } from './ledger-teller.js';
import { type ReadingRig, startReading } from './reading-rig.js';

const child = { name: 'CONTOH SATU', sex: 'F' as const, birthDate: '2024-08-12', localId: 'a' };
const telling = {
  source: 'puskesmas',
  type: growthMeasured,
  kind: 'growth-measurement',
  time: '2026-11-12T02:14:00.000Z',
  data: { child, facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' }, weightKg: 9.4 },
};

let rig: ReadingRig;
let first: Told;
let second: Told;
let again: Told;
let conflict: Told;
let broken: Told;
let refused: Told;
beforeAll(async () => {
  rig = await startReading();
  first = await rig.tell({ ...telling, reference: 'r', revision: 1 });
  second = await rig.tell({ ...telling, reference: 'r', revision: 2 });
  again = await rig.tell({ ...telling, reference: 'r', revision: 2 });
  conflict = await rig.tell({ ...telling, reference: 'r', revision: 2, digest: otherDigest('conflict') });
  broken = await rig.tell({ ...telling, reference: 'broken', broken: true });
  refused = await rig.tell({ ...telling, reference: 'refused', data: { ...telling.data, weightKg: -1 } });
}, 120_000);
afterAll(() => rig.close());

const write = (told: Told, change: Partial<Told> = {}): string => {
  const { id, digest, topic, partition, offset } = { ...told, ...change };
  return Buffer.from(JSON.stringify([id, digest, topic, partition, offset])).toString('base64url');
};
const ask = async (receipts: unknown[], as = 'puskesmas') => rig.post('receipts', { as, body: { receipts } });
const statuses = async (receipts: unknown[], as?: string) => {
  const { body } = await ask(receipts, as);
  return (body['items'] as { status: string }[]).map(({ status }) => status);
};

describe('receipts', () => {
  it('tell what became of each message, in the order of the question', async () => {
    const coming = write(refused, { id: 'growth-measurement/coming/0', offset: '6' });
    const receipts = [first, second, again, conflict, broken, refused].map((told) => write(told));
    const outcomes = ['superseded', 'applied', 'duplicate', 'conflict', 'dead', 'dead', 'pending'];
    expect(await statuses([...receipts, coming])).toEqual(outcomes);
  });

  it('tell of a repair, and of what the repair made good', async () => {
    const told = await rig.tell({ ...telling, reference: 'mended', data: { ...telling.data, weightKg: -1 } });
    const mended = await rig.tell({ ...telling, reference: 'mended', mapping: 2, digest: told.digest });
    expect(await statuses([write(told), write(mended)])).toEqual(['repaired', 'repaired']);
  });

  it('say why in both languages', async () => {
    const { body } = await ask([write(conflict)]);
    expect(body['items']).toEqual([
      {
        index: 0,
        id: second.id,
        status: 'conflict',
        reason: {
          code: 'event.conflict',
          explanation: { en: expect.any(String), id: expect.any(String) },
          fix: { en: expect.any(String), id: expect.any(String) },
        },
      },
    ]);
  });

  it('that are forged, malformed or of another source are unknown, and spoil nothing', async () => {
    const forged = [
      write(second, { digest: otherDigest('forged') }),
      write(second, { id: 'growth-measurement/never-sent/0', offset: '1' }),
      write(second, { id: 'growth-measurement/other/0', offset: conflict.offset }),
      write(second, { topic: 'simpul.nobody.events.v1' }),
      'not a receipt',
      '',
      42,
      null,
    ];
    expect(await statuses([...forged, write(second)])).toEqual([...forged.map(() => 'unknown'), 'applied']);
    expect(await statuses([write(first), write(second), write(conflict)], 'posyandu')).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('are asked 1 to 1000 at a time', async () => {
    expect(await statuses(Array.from({ length: 1000 }, () => write(second)))).toEqual(
      Array.from({ length: 1000 }, () => 'applied'),
    );
    for (const receipts of [[], Array.from({ length: 1001 }, () => 'x')]) {
      expect((await ask(receipts)).status).toBe(422);
    }
    expect((await rig.post('receipts', { as: 'puskesmas', body: {} })).status).toBe(422);
  });
});
