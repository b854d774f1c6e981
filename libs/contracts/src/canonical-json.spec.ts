import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, digestOf } from './canonical-json.js';

const SAMPLE = {
  reference: 'posy-rw03-2026-11-000187',
  recordedAt: '2026-11-15T20:03:11+07:00',
  child: {
    identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' }],
    name: 'CONTOH SATU',
    sex: 'F',
    birthDate: '2024-08-12',
    address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: '003', rt: '007' },
  },
  facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
  measuredAt: '2026-11-12T09:14:00+07:00',
  weightKg: 9.4,
  lengthCm: 79.8,
  position: 'standing',
  gainedCode: 'N',
  sourceHeightForAgeZ: -1.9,
};

/** A JSON value whose members stand in another order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders members by UTF-16 units, as RFC 8785, section 3.2.3', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const value = Object.fromEntries(names.map((name) => [name, 0]));
    const order = Object.keys(JSON.parse(canonicalJson(value)) as object);
    // '1' looks like an index, which parsed objects list first; in the text it stands second.
    expect(order.filter((name) => name !== '1')).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
    expect(canonicalJson(value).indexOf('"1"')).toBeGreaterThan(canonicalJson(value).indexOf('"\\r"'));
    expect(canonicalJson(value).indexOf('"1"')).toBeLessThan(canonicalJson(value).indexOf('\u0080'));
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [333333333.33333325, '333333333.33333325'],
  ])('writes the number %p as RFC 8785, appendix B', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }], [undefined], [1n], [() => 1]])(
    'refuses %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  it('gives one text for one value, whatever the order of members, and loses nothing', () => {
    const json = fc.jsonValue().filter((value) => JSON.stringify(value).isWellFormed());
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.stringify(JSON.parse(text))).toHaveLength(JSON.stringify(value).length);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('digestOf', () => {
  it('gives the known digest of the sample message', () => {
    expect(digestOf(SAMPLE)).toBe('2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50');
  });

  it('differs where anything differs', () => {
    expect(digestOf({ ...SAMPLE, weightKg: 9.5 })).not.toBe(digestOf(SAMPLE));
  });
});
