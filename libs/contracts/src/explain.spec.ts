import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from './canonical-json.js';
import { Contract, SameAs } from './field.js';
import { Instant } from './field-decorators.js';
import { explain } from './explain.js';
import { fieldsOf } from './field-info.js';
import { GrowthMeasured } from './events/health-growth-measured.js';
import type { FacilityRef } from './part/facility-ref.js';
import type { PersonRef } from './part/person-ref.js';
import { RecordedAt, Reference, Revision, Withdrawn } from './statement-field.js';
import { validatorFor } from './validator.js';

@Contract('SampleMessage', { en: 'A message', id: 'Sebuah pesan' })
class SampleMessage {
  @Reference()
  reference: string;

  @Revision()
  revision?: number | string;

  @RecordedAt()
  recordedAt?: string;

  @SameAs(GrowthMeasured)
  child: PersonRef;

  @SameAs(GrowthMeasured, { optional: true })
  facility?: FacilityRef;

  @Instant({ en: 'when it was measured', id: 'waktu pengukuran', group: 'health' })
  measuredAt: string;

  @SameAs(GrowthMeasured)
  weightKg: number;

  @Withdrawn()
  withdrawn?: true;
}

const good = { reference: 'a-1', child: {}, measuredAt: '2026-11-12T09:14:00+07:00', weightKg: 9.4 };
const codesOf = (change: object): string[] =>
  explain(SampleMessage, { ...good, ...change }).map(({ pointer, code }) => `${pointer} ${code}`);

describe('the fields of a statement', () => {
  it.each<[object]>([
    [{}],
    [{ reference: 'A.b_c:d-9'.padEnd(64, '0').replaceAll('000000000000000', '00000000000000x') }],
    [{ reference: '317409520824900' }],
    [{ revision: 0 }],
    [{ revision: 999_999_999 }],
    [{ revision: '2026-11-12T09:14:00.123+07:00' }],
    [{ recordedAt: '1971-01-01T00:00:00Z' }],
    [{ withdrawn: true }],
    [{ measuredAt: '2016-12-31T23:59:60Z' }],
  ])('take %j', (change) => {
    expect(codesOf(change)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ reference: '' }, '/reference min-length'],
    [{ reference: 'x'.repeat(65) }, '/reference max-length'],
    [{ reference: 'a/b' }, '/reference pattern'],
    [{ reference: 'a\n' }, '/reference pattern'],
    [{ reference: 'nik-3174095208249001' }, '/reference pattern'],
    [{ reference: 7 }, '/reference type'],
    [{ reference: null }, '/reference type'],
    [{ reference: undefined }, '/reference required'],
    [{ revision: -1 }, '/revision min'],
    [{ revision: 1_000_000_000 }, '/revision max'],
    [{ revision: 1.5 }, '/revision type'],
    [{ revision: '7' }, '/revision format'],
    [{ revision: '2026-11-12T09:14:00' }, '/revision format'],
    [{ revision: '1970-06-01T00:00:00Z' }, '/revision format'],
    [{ recordedAt: '2026-11-12' }, '/recordedAt format'],
    [{ measuredAt: '2026-02-30T00:00:00Z' }, '/measuredAt format'],
    [{ measuredAt: '0001-01-01T00:00:00Z' }, '/measuredAt format'],
    [{ measuredAt: `2026-11-12T09:14:00.${'1'.repeat(40)}Z` }, '/measuredAt format'],
    [{ withdrawn: false }, '/withdrawn type'],
    [{ weightKg: '9.4' }, '/weightKg type'],
    [{ weightKg: 61 }, '/weightKg max'],
    [{ child: { identifiers: [{ system: 'urn:x', value: 3174095208249001 }] } }, '/child/identifiers/0/value type'],
    [{ extra: 1 }, '/extra unknown-field'],
  ])('refuse %j', (change, expected) => {
    const message = JSON.parse(JSON.stringify({ ...good, ...change })) as unknown;
    expect(validatorFor(SampleMessage)(message)).toBe(false);
    expect(explain(SampleMessage, message).map(({ pointer, code }) => `${pointer} ${code}`)).toContain(expected);
  });

  it('take over the words, limits and group of the event, unless told otherwise', () => {
    const own = fieldsOf(SampleMessage).find(({ name }) => name === 'weightKg');
    const theirs = fieldsOf(GrowthMeasured).find(({ name }) => name === 'weightKg');
    expect(own).toEqual(theirs);
    expect(fieldsOf(SampleMessage).find(({ name }) => name === 'facility')?.optional).toBe(true);
  });

  it('never let a NIK stand in a reference', () => {
    const around = fc.stringMatching(/^[a-z._:-]{0,20}$/u);
    fc.assert(
      fc.property(around, fc.stringMatching(/^[0-9]{16}$/u), around, (before, nik, after) => {
        expect(codesOf({ reference: before + nik + after })).toContain('/reference pattern');
      }),
    );
  });
});

describe('explain', () => {
  it('says nothing of the value in its words', () => {
    const secret = 'RAHASIA-9001';
    const errors = explain(SampleMessage, {
      ...good,
      reference: `${secret} ${secret}`,
      weightKg: secret,
      revision: secret,
    });
    expect(errors).toHaveLength(3);
    expect(JSON.stringify(errors)).not.toContain(secret);
  });

  it.each([[null], [[]], ['x'], [7], [undefined], [[good]]])('says that %j is no object', (value) => {
    expect(explain(SampleMessage, value)).toMatchObject([{ pointer: '', code: 'type' }]);
  });

  it('has an error for every value that the schema refuses, even where its own checks see nothing', () => {
    const own = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as object;
    expect(validatorFor(SampleMessage)({ ...good, ...own })).toBe(false);
    expect(explain(SampleMessage, { ...good, constructor: 2 }).length).toBeGreaterThan(0);
    expect(explain(SampleMessage, Object.assign(own, good)).length).toBeGreaterThan(0);
  });

  it('points at each item that is no object, once', () => {
    const identifiers = [[], null, { system: 'urn:x', value: 'y' }, 'x', [[7]], {}];
    expect(codesOf({ child: { identifiers } })).toEqual([
      '/child/identifiers/0 type',
      '/child/identifiers/1 type',
      '/child/identifiers/3 type',
      '/child/identifiers/4 type',
      '/child/identifiers/5/system required',
      '/child/identifiers/5/value required',
    ]);
  });

  it('points at unknown fields that every object has, once and not inside of one that is unknown itself', () => {
    const child = { name: 'CONTOH SATU', valueOf: 1 };
    const wrong = JSON.parse(JSON.stringify({ ...good, child, toString: 'x', extra: { toString: 1 } })) as unknown;
    expect(explain(SampleMessage, wrong).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/extra unknown-field',
      '/child/valueOf unknown-field',
      '/toString unknown-field',
    ]);
  });

  it('does not follow what is nested without end', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    const told = explain(SampleMessage, { ...good, extra: deep });
    expect(told).toMatchObject([{ pointer: '', code: 'depth' }]);
  });

  it('does not look at a million members', () => {
    const wide = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, n) => [`x${n}`, 1]));
    expect(explain(SampleMessage, { ...good, ...wide })).toMatchObject([{ pointer: '', code: 'members' }]);
  });

  it('stops at a hundred errors', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
    expect(explain(SampleMessage, { ...good, ...many })).toHaveLength(100);
  });

  it('escapes pointers as RFC 6901', () => {
    expect(codesOf({ 'a/b~c': 1 })).toEqual(['/a~1b~0c unknown-field']);
  });
});

describe('the sample message', () => {
  it('keeps its digest', () => {
    const known = '2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50';
    expect(digestOf({ ...sampleData, reference: 'posy-rw03-2026-11-000187', ...sampleDates })).toBe(known);
  });

  it('loses reference, recordedAt and its date on the way to the event, and nothing else', () => {
    expect(explain(GrowthMeasured, sampleData)).toEqual([]);
    const payload = { digest: '2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50', data: sampleData };
    expect(JSON.stringify(payload)).toHaveLength(476);
  });
});

const sampleDates = { recordedAt: '2026-11-15T20:03:11+07:00', measuredAt: '2026-11-12T09:14:00+07:00' };
const sampleData = {
  child: {
    identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' }],
    name: 'CONTOH SATU',
    sex: 'F',
    birthDate: '2024-08-12',
    address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: '003', rt: '007' },
  },
  facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
  weightKg: 9.4,
  lengthCm: 79.8,
  position: 'standing',
  gainedCode: 'N',
  sourceHeightForAgeZ: -1.9,
};
