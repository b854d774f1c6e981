import { describe, expect, it } from '@jest/globals';
import { findEventType } from '@simpul/contracts';
import { createOpener } from '@simpul/identifiers';
import { testKeys, testRegistryKey } from '@simpul/testing';
import fc from 'fast-check';
import { growthMessages } from '../../test/ingest-on-trial.js';
import { judge } from './open.js';

const keys = testKeys('open');
const weighing = growthMessages(keys);
const topic = 'simpul.health.events.v1';
const context = {
  findType: findEventType,
  opener: createOpener(keys.opening),
  findSectors: (source: string) =>
    source === 'puskesmas' ? (['health'] as const) : source === 'school' ? (['education'] as const) : undefined,
};
const verdictOf = (message: ReturnType<typeof weighing>, on = topic) => {
  const judged = judge({ topic: on, key: Buffer.from(message.key), value: message.value }, context);
  return judged.is === 'event' ? 'event' : `${judged.is} ${judged.code}`;
};

describe('judge', () => {
  it('opens what is good and names the reason for what is not', () => {
    expect(verdictOf(weighing({}))).toBe('event');
    expect(verdictOf(weighing({ weightKg: 4000 }))).toBe('refused event.schema');
    expect(verdictOf(weighing({}), 'simpul.civil.events.v1')).toBe('misplaced event.topic');
    expect(verdictOf({ ...weighing({}), key: 'another' })).toBe('misplaced event.key');
    expect(verdictOf(weighing({ source: 'school' }))).toBe('misplaced event.source');
    expect(verdictOf(weighing({ source: 'newcomer' }))).toBe('waiting event.waiting.source');
    expect(verdictOf(weighing({ recipient: testRegistryKey('other') }))).toBe('waiting event.waiting.key');
    expect(verdictOf(weighing({ envelope: { type: 'id.simpul.health.growth.measured.v2' } }))).toBe(
      'waiting event.waiting.type',
    );
    expect(verdictOf(weighing({ envelope: { dataschema: 'urn:simpul:schema:other:1' } }))).toBe('refused event.schema');
    expect(verdictOf(weighing({ time: '2026-02-31T00:00:00.000Z', recordedTime: '2026-03-04T00:00:00.000Z' }))).toMatch(
      /^(unreadable|refused)/u,
    );
  });

  it('says of a refusal where and what, never the value', () => {
    const { key, value } = weighing({ weightKg: 4000 });
    const judged = judge({ topic, key: Buffer.from(key), value }, context);
    expect(judged).toMatchObject({ is: 'refused', detail: [{ pointer: '/weightKg' }] });
    expect(JSON.stringify(judged)).not.toContain('4000');
  });

  it('never throws and never believes changed bytes', () => {
    const { key, value } = weighing({});
    fc.assert(
      fc.property(fc.nat(value.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(value);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        expect(judge({ topic, key: Buffer.from(key), value: changed }, context).is).not.toBe('event');
      }),
    );
    fc.assert(
      fc.property(
        fc.uint8Array(),
        (bytes) => judge({ topic, key: null, value: Buffer.from(bytes) }, context).is === 'unreadable',
      ),
    );
  });
});
