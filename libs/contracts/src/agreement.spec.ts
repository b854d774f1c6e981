import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { EVENT_TYPES } from './event-types.js';
import { explain } from './explain.js';
import { type Class, contractOf, type FieldInfo, fieldsOf } from './field-info.js';
import { jsonSchemaOf } from './json-schema.js';
import { Address, AreaCode } from './part/address.js';
import { FacilityRef } from './part/facility-ref.js';
import { FamilyRef } from './part/family-ref.js';
import { Identifier } from './part/identifier.js';
import { PersonRef } from './part/person-ref.js';
import { validatorFor } from './validator.js';

const classes: Class[] = [
  ...EVENT_TYPES.map((event) => event.data),
  PersonRef,
  FamilyRef,
  FacilityRef,
  Identifier,
  Address,
  AreaCode,
];
const named = classes.map((type) => [contractOf(type).name, type] as const);

/** What class-validator alone thinks, without ajv's verdict before it. */
const hasNoWords = (type: Class, value: object): boolean =>
  validateSync(plainToInstance(type, value), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true })
    .length === 0;

const goodText = (min: number, max: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'grapheme', minLength: min, maxLength: Math.min(max, 20) })
    .filter((text) => [...text].length <= max);

function goodString(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  const {
    format,
    pattern,
    minLength = 0,
    maxLength = 64,
  } = schema as {
    format?: string;
    pattern?: string;
    minLength?: number;
    maxLength?: number;
  };
  if (format === 'date') return fc.constantFrom('2024-02-29', '1899-12-31', '2199-01-01');
  if (format === 'date-time') return fc.constantFrom('2026-11-12T09:14:00+07:00', '2026-11-12T09:14:00.5Z');
  if (pattern === undefined) return goodText(minLength, maxLength);
  return fc.stringMatching(new RegExp(pattern, 'u')).filter((text) => [...text].length <= maxLength);
}

/** A good number of a schema, which always names its range. */
function goodNumber(schema: Record<string, unknown>): fc.Arbitrary<number> {
  const range = { min: Number(schema['minimum']), max: Number(schema['maximum']) };
  return schema['type'] === 'integer' ? fc.integer(range) : fc.double({ ...range, noNaN: true });
}

/** A good value of a field, made from its schema. */
function good({ schema, part, list }: FieldInfo): fc.Arbitrary<unknown> {
  if (part) return list ? fc.array(goodObject(part), { maxLength: 3 }) : goodObject(part);
  if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...(schema['enum'] as unknown[]));
  if (schema['type'] === 'string') return goodString(schema);
  return schema['type'] === 'boolean' ? fc.boolean() : goodNumber(schema);
}

function goodObject(type: Class): fc.Arbitrary<Record<string, unknown>> {
  const fields = fieldsOf(type);
  return fc.record(Object.fromEntries(fields.map((info) => [info.name, good(info)])), {
    requiredKeys: fields.filter((info) => !info.optional).map((info) => info.name),
  }) as fc.Arbitrary<Record<string, unknown>>;
}

/** Values that tempt one of the two checks to think differently from the other. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'x',
    '\u0001',
    '❤️'.repeat(60),
    '👨‍👩‍👧'.repeat(25),
    'x'.repeat(101),
    'x'.repeat(5000),
    '2026-02-30',
    '2026-11-12',
    '2026-11-12\n',
    '2026-11-12T09:14:00',
    '2026-11-12 09:14:00Z',
    '2016-12-31T23:59:60Z',
    '1700-01-01',
    '0000-01-01T00:00:00Z',
    '003\n',
    0,
    -0,
    -1,
    1.5,
    1e21,
    3174095208249001,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    ['x'],
    [{}],
    { system: 'urn:x', value: 'y' },
    { identifiers: [null] },
    { identifiers: Array.from({ length: 9 }, () => ({ system: 'urn:x', value: 'y' })) },
    { identifiers: { 0: { system: 'urn:x', value: 'y' } } },
    { address: [{}] },
    { length: 1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

type Value = Record<string, unknown>;
type Spoil = (value: Value, name: string, bad: unknown) => Value;

const replace: Spoil = (value, name, bad) => ({ ...value, [name]: bad });
const remove: Spoil = (value, name) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
const add: Spoil = (value, name, bad) => ({ ...value, [`x${name}`]: bad });
const deep: Spoil = (value, name, bad) => {
  const inner = value[name];
  if (typeof inner !== 'object' || inner === null) return replace(value, name, bad);
  if (Array.isArray(inner)) return { ...value, [name]: [...(inner as unknown[]), bad] };
  return { ...value, [name]: replace(inner as Value, Object.keys(inner)[0] ?? 'y', bad) };
};

/** A good value of the class in which one member, at any depth, was replaced, added or removed. */
const spoilt = (type: Class): fc.Arbitrary<Value> =>
  fc
    .tuple(
      goodObject(type),
      fc.constantFrom(...fieldsOf(type).map(({ name }) => name)),
      odd,
      fc.constantFrom(replace, remove, add, deep),
    )
    .map(([value, name, bad, spoil]) => spoil(value, name, bad));

describe.each(named)('%s', (_name, type) => {
  const check = validatorFor(type);

  it('is accepted by both checks when it is good', () => {
    fc.assert(
      fc.property(goodObject(type), (value) => {
        expect(explain(type, value)).toEqual([]);
        expect(hasNoWords(type, value)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('is accepted or refused by both checks alike, and refused with words', () => {
    fc.assert(
      fc.property(spoilt(type), (value) => {
        const verdict = check(value);
        expect(hasNoWords(type, value)).toBe(verdict);
        const errors = explain(type, value);
        expect(errors.length === 0).toBe(verdict);
        expect(errors.filter(({ code }) => code === 'schema')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('says group, both languages and a limit for every field', () => {
    for (const info of fieldsOf(type)) {
      expect([info.name, info.words.en.length > 0, info.words.id.length > 0]).toEqual([info.name, true, true]);
      expect([info.name, isLimited(info)]).toEqual([info.name, true]);
    }
  });

  it('refuses all that is wrong in one answer', () => {
    const required = fieldsOf(type).filter(({ optional }) => !optional);
    expect(
      explain(type, { unheardOf: 1 })
        .map(({ pointer, code }) => `${pointer} ${code}`)
        .toSorted(),
    ).toEqual([...required.map(({ name }) => `/${name} required`), '/unheardOf unknown-field'].toSorted());
  });

  it('closes every object of its schema', () => {
    const { $defs } = jsonSchemaOf(type) as { $defs: Record<string, { additionalProperties?: boolean }> };
    expect(Object.values($defs).every(({ additionalProperties }) => additionalProperties === false)).toBe(true);
  });
});

const LIMITS = ['enum', 'maxLength', 'format', 'maximum', 'maxItems', 'anyOf'];

function isLimited({ schema, part, list }: FieldInfo): boolean {
  if (part && !list) return true;
  return schema['type'] === 'boolean' || LIMITS.some((limit) => limit in schema);
}
