import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testKeys, testRegistryKey } from '@simpul/testing';
import type { PushedMessage } from '@simpul/testing';
import { growthMessages, ingestOnTrial } from './ingest-on-trial.js';
import type { IngestOnTrial } from './ingest-on-trial.js';

const keys = testKeys('ingest');
const weighing = growthMessages(keys);
const SITI = { localId: 'c-1', name: 'CONTOH SATU', sex: 'F' as const, birthDate: '2024-08-12' };
const BUDI = { localId: 'c-2', name: 'CONTOH DUA', sex: 'M' as const, birthDate: '2024-01-02' };

const open: IngestOnTrial[] = [];
async function fresh(): Promise<IngestOnTrial> {
  const trial = await ingestOnTrial(keys);
  open.push(trial);
  return trial;
}
async function hashOf(...reads: [partition: number, PushedMessage[]][]): Promise<string> {
  const trial = await fresh();
  for (const [partition, messages] of reads) await trial.read(partition, messages);
  expect(await trial.unbalanced()).toBe(0);
  return await trial.hash();
}
afterAll(async () => {
  for (const trial of open) await trial.drop();
});

describe('one statement', () => {
  let trial: IngestOnTrial;
  beforeAll(async () => {
    trial = await fresh();
  });

  it('applies an event once, in one batch and over several, and counts each message', async () => {
    const once = weighing({ reference: 'a' });
    expect(await trial.read(0, [once, once, weighing({ reference: 'b' })])).toEqual({ is: 'applied', next: 3n });
    await trial.read(1, [once]);
    expect(await trial.counters()).toEqual({ applied: 2, duplicate: 2 });
    expect(await trial.unbalanced()).toBe(0);
  });

  it('keeps the first content of an id and puts another one among the dead letters', async () => {
    const before = await trial.hash();
    await trial.read(0, [weighing({ reference: 'a', weightKg: 12 })]);
    expect(await trial.hash()).toBe(before);
    expect(await trial.rows('SELECT state, code FROM operations.dead_letter')).toEqual([
      { state: 'dead', code: 'event.conflict' },
    ]);
  });

  it('numbers changes densely', async () => {
    const feed = await trial.rows<{ first: string; count: number }>(
      'SELECT first, count FROM registry.feed_batch ORDER BY first',
    );
    let next = 1;
    for (const { first, count } of feed) {
      expect(Number(first)).toBe(next);
      next += count;
    }
    expect(next - 1).toBe(2);
  });

  it('holds nothing that identifies in clear', async () => {
    const columns = await trial.rows<{ row: string }>(
      'SELECT e::text AS row FROM registry.service_event e UNION ALL SELECT r::text FROM registry.record r UNION ALL SELECT s::text FROM registry.statement s',
    );
    for (const { row } of columns) expect(row).not.toMatch(/CONTOH|3174095208249001/u);
  });
});

describe('records', () => {
  const CHILDREN = 40;
  const about = (n: number, reference: string): PushedMessage =>
    weighing({ reference: `${reference}-${n}`, child: { ...SITI, localId: `child-${n}` } });
  const all = Array.from({ length: CHILDREN }, (_, n) => n);
  const known = all.filter((n) => n % 2 === 0).map((n) => about(n, 'known'));
  const pair = [all.map((n) => about(n, 'first')), all.toReversed().map((n) => about(n, 'second'))] as const;

  it('are the same, each once and with one key, when two partitions see new ones among known ones at the same moment', async () => {
    const expected = await hashOf([0, known], [0, pair[0]], [1, pair[1]]);
    for (let round = 0; round < 3; round += 1) {
      const trial = await fresh();
      await trial.read(0, known);
      await Promise.all(pair.map((messages, partition) => trial.read(partition, messages)));
      expect(await trial.unbalanced()).toBe(0);
      expect(await trial.counters()).toEqual({ applied: known.length + 2 * CHILDREN });
      expect(await trial.hash()).toBe(expected);
    }
  });
});

describe('revisions', () => {
  const first = weighing({ reference: 'r', revision: 1, child: SITI, weightKg: 9 });
  const second = weighing({ reference: 'r', revision: 2, child: BUDI, weightKg: 10 });
  const other = weighing({ reference: 'o', child: SITI, weightKg: 8, time: '2026-10-12T02:14:00.000Z' });

  it('give one state in every order, together and apart, also when they name different children', async () => {
    const expected = await hashOf([0, [first]], [1, [second]], [0, [other]]);
    expect(await hashOf([0, [other]], [1, [second]], [0, [first]])).toBe(expected);
    expect(await hashOf([0, [first, second, other]])).toBe(expected);
    expect(await hashOf([0, [second, other, first]])).toBe(expected);
    expect(await hashOf([0, [second, other]])).not.toBe(expected);
  });

  it('give one state when two partitions commit them at the same moment', async () => {
    const expected = await hashOf([0, [first]], [1, [second]], [0, [other]]);
    for (const pair of [
      [first, second],
      [second, first],
    ]) {
      const trial = await fresh();
      await Promise.all(pair.map((message, partition) => trial.read(partition, [message, other])));
      expect(await trial.unbalanced()).toBe(0);
      expect(await trial.hash()).toBe(expected);
    }
  });

  it('let a withdrawal take back what its statement said, whatever comes first', async () => {
    const withdrawal = weighing({ reference: 'r', revision: 3, child: SITI, weightKg: 9, withdrawn: true });
    const expected = await hashOf([0, [first]], [0, [second]], [1, [withdrawal]], [1, [other]]);
    expect(await hashOf([1, [withdrawal, other]], [0, [second, first]])).toBe(expected);
    const trial = await fresh();
    await trial.read(0, [first, withdrawal]);
    expect(await trial.rows('SELECT count(*)::int AS n FROM registry.record WHERE folded IS NOT NULL')).toEqual([
      { n: 0 },
    ]);
    expect(await trial.counters()).toEqual({ applied: 2 });
  });
});

describe('a repaired translation', () => {
  const wrong = weighing({ reference: 'm', child: SITI, weightKg: 99 / 10, digest: 'd'.repeat(43) });
  const right = weighing({ reference: 'm', child: SITI, weightKg: 11, digest: 'd'.repeat(43), mapping: 2 });

  it('replaces the body, whichever comes first, and in one batch', async () => {
    const expected = await hashOf([0, [wrong]], [0, [right]]);
    expect(await hashOf([0, [right]], [0, [wrong]])).toBe(expected);
    expect(await hashOf([0, [wrong, right]])).toBe(expected);
    expect(await hashOf([0, [right]])).toBe(expected);
  });

  it('makes a dead event good', async () => {
    const trial = await fresh();
    const dead = weighing({ reference: 'm', child: SITI, weightKg: 4000, digest: 'd'.repeat(43) });
    await trial.read(0, [dead]);
    expect(await trial.rows('SELECT state, code FROM operations.dead_letter')).toEqual([
      { state: 'dead', code: 'event.schema' },
    ]);
    await trial.read(0, [right]);
    expect(await trial.rows('SELECT state, code FROM operations.dead_letter')).toEqual([
      { state: 'repaired', code: 'event.schema' },
    ]);
    expect(await trial.counters()).toEqual({ dead: 1, repaired: 1 });
    expect(await trial.hash()).toBe(await hashOf([0, [right]]));
  });
});

describe('waiting messages', () => {
  it('are applied once the key is known, before later ones of their id', async () => {
    const trial = await fresh();
    const newKey = testRegistryKey('registry-next');
    const sealed = weighing({ reference: 'k', child: SITI, recipient: newKey });
    const later = weighing({ reference: 'k', child: SITI, weightKg: 12 });
    await trial.read(0, [sealed, later, weighing({ reference: 'l', child: BUDI })]);
    expect(await trial.counters()).toEqual({ applied: 1, waiting: 2 });
    expect(await trial.release()).toBe(0);
    trial.know({ opening: [newKey, ...keys.opening] });
    expect(await trial.release()).toBe(2);
    expect(await trial.counters()).toEqual({ applied: 2, conflict: 1 });
    expect(await trial.unbalanced()).toBe(0);
    expect(await trial.hash()).toBe(
      await hashOf([0, [weighing({ reference: 'k', child: SITI }), weighing({ reference: 'l', child: BUDI })]]),
    );
  });

  it('wait for a source to be registered, and die if it is registered for another sector', async () => {
    const trial = await fresh();
    await trial.read(0, [
      weighing({ reference: 's', source: 'newcomer' }),
      weighing({ reference: 't', source: 'stranger' }),
    ]);
    expect(await trial.counters()).toEqual({ waiting: 2 });
    trial.know({ sources: { newcomer: ['health'], stranger: ['civil'] } });
    expect(await trial.release()).toBe(2);
    expect(await trial.counters()).toEqual({ applied: 1, dead: 1 });
    expect(await trial.rows('SELECT state, code FROM operations.dead_letter')).toEqual([
      { state: 'dead', code: 'event.source' },
    ]);
    expect(await trial.rows(`SELECT verdict, reference FROM registry.statement`)).toEqual([
      { verdict: 'applied', reference: 's' },
    ]);
    expect(await trial.unbalanced()).toBe(0);
  });
});

describe('messages that cannot be applied', () => {
  it('prove nothing when their envelope or seal fails, and count as unreadable', async () => {
    const trial = await fresh();
    const good = weighing({ reference: 'u' });
    const changed = { ...good, value: Buffer.from(good.value.toString().replace('2026-11-12', '2026-11-13')) };
    await trial.read(0, [{ ...good, value: Buffer.from('{}') }, changed, { ...good, key: 'another' }, good]);
    expect(
      await trial.rows('SELECT code, source = 0 AS unreadable FROM operations.dead_letter ORDER BY "offset"'),
    ).toEqual([
      { code: 'event.envelope', unreadable: true },
      { code: 'event.seal', unreadable: true },
      { code: 'event.key', unreadable: false },
    ]);
    expect(await trial.counters()).toEqual({ applied: 1, dead: 3 });
  });

  it('are found one by one when the database refuses them, and the rest is applied', async () => {
    const trial = await fresh();
    await trial.owner.pool.query(
      'ALTER TABLE registry.service_event ADD CONSTRAINT no_thirteen CHECK (revision <> 13)',
    );
    const messages = Array.from({ length: 20 }, (_, n) =>
      weighing({ reference: `p-${n}`, revision: n % 9 === 4 ? 13 : 1 }),
    );
    await trial.read(0, messages);
    expect(await trial.counters()).toEqual({ applied: 18, dead: 2 });
    expect(await trial.rows('SELECT code, detail FROM operations.dead_letter')).toEqual(
      [1, 2].map(() => ({ code: 'event.storable', detail: { sqlstate: '23514', constraint: 'no_thirteen' } })),
    );
    expect(await trial.unbalanced()).toBe(0);
  });
});

describe('the place in the log', () => {
  it('skips what is known, and only that', async () => {
    const trial = await fresh();
    const [a, b, c] = ['a', 'b', 'c'].map((reference) => weighing({ reference })) as [
      PushedMessage,
      PushedMessage,
      PushedMessage,
    ];
    await trial.read(0, [a, { ...b, value: Buffer.from('x') }]);
    const before = await trial.counters();
    expect(await trial.read(0, [a, { ...b, value: Buffer.from('x') }], 0n)).toEqual({ is: 'applied', next: 2n });
    expect(await trial.counters()).toEqual(before);
    expect(await trial.read(0, [c], 0n)).toEqual({ is: 'diverged', offset: 0n });
    expect(await trial.read(0, [c], 1n)).toEqual({ is: 'diverged', offset: 1n });
    expect(await trial.read(0, [c], 5n)).toEqual({ is: 'gap', next: 2n });
    expect(await trial.counters()).toEqual(before);
  });
});

describe('rotation of keys in mid-run', () => {
  it('changes nothing in the state', async () => {
    const children = Array.from({ length: 12 }, (_, n) => ({ ...SITI, localId: `c-${n % 5}` }));
    const plain = children.map((child, n) => weighing({ reference: `x-${n}`, child, weightKg: 8 + n / 10 }));
    const trial = await fresh();
    const next = testRegistryKey('registry-rotated');
    trial.know({ opening: [next, ...keys.opening] });
    await trial.read(0, plain.slice(0, 6));
    const rotated = children.slice(6).map((child, n) =>
      weighing({
        reference: `x-${n + 6}`,
        child,
        weightKg: 8 + (n + 6) / 10,
        recipient: next,
        pseudonymKey: Buffer.alloc(32, 7),
      }),
    );
    await trial.read(3, rotated);
    expect(await trial.hash()).toBe(await hashOf([0, plain]));
  });
});

describe('any messages in any order', () => {
  // Revisions of four statements about four children; one content per id.
  const message = fc.record({ statement: fc.nat(3), revision: fc.nat(3), mapping: fc.integer({ min: 1, max: 2 }) });
  const toMessage = ({ statement, revision, mapping }: { statement: number; revision: number; mapping: number }) =>
    weighing({
      reference: `s-${statement}`,
      revision,
      mapping,
      digest: Buffer.alloc(32, statement * 4 + revision).toString('base64url'),
      child: { ...SITI, localId: `c-${(statement + revision * mapping) % 4}`, name: `CONTOH ${mapping} ${revision}` },
      weightKg: 8 + statement + revision / 10,
      time: `2026-11-${10 + ((statement * 3 + revision * 5) % 7)}T02:14:00.000Z`,
      ...(revision === 2 && { withdrawn: true as const }),
    });
  const sets = fc.uniqueArray(message, {
    selector: (m) => `${m.statement}/${m.revision}/${m.mapping}`,
    minLength: 6,
    maxLength: 16,
  });
  const orders = sets.chain((set) =>
    fc.tuple(fc.constant(set), fc.shuffledSubarray([...set, ...set], { minLength: set.length })),
  );

  it('end in one state, however they are cut into batches and spread over partitions', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 4 }), async ([set, again], size) => {
        const rest = set.filter((one) => !again.includes(one));
        const shuffled = [...again, ...rest].map(toMessage);
        const trial = await fresh();
        for (let at = 0; at < shuffled.length; at += size) await trial.read(at % 3, shuffled.slice(at, at + size));
        expect(await trial.unbalanced()).toBe(0);
        expect(await trial.hash()).toBe(await hashOf([0, set.map(toMessage)]));
        for (const one of open.splice(0)) await one.drop();
      }),
      { numRuns: 12 },
    );
  });
});

describe('a database that goes back to an earlier state under a running process', () => {
  const EMPTIED = `TRUNCATE registry.statement, registry.statement_revision, registry.service_event, registry.event_party, registry.record,
    registry.record_identifier, registry.record_key, registry.feed_batch, operations.log_position, operations.log_counter, operations.dead_letter`;

  it('is filled again from the log, with keys and numbers that are there', async () => {
    const trial = await fresh();
    const messages = [weighing({ reference: 'a', child: SITI }), weighing({ reference: 'b', child: BUDI })];
    await trial.read(0, messages);
    const before = await trial.hash();
    // As a standby that lagged, or a backup: younger rows are gone, numbers are given anew, and every connection breaks.
    const { pool } = trial.owner;
    await pool.query(EMPTIED);
    await pool.query('DELETE FROM registry.source_number WHERE number > 0');
    await pool.query('DELETE FROM registry.kind_number');
    await pool.query(`INSERT INTO registry.source_number (name) VALUES ('somebody-else')`);
    await trial.breakConnections();
    await trial.read(0, messages, 0n);
    expect(await trial.hash()).toBe(before);
  });
});
