import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProblemError } from '@simpul/contracts';
import { readStrictJson } from './strict-json.js';

const codeOf = (body: string | Buffer): string => {
  try {
    readStrictJson(Buffer.isBuffer(body) ? body : Buffer.from(body));
    return 'accepted';
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const key = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name) && !name.includes('\0'));
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 20 }),
  ),
}));
/** Another spelling of the same text: every character as an escape. */
const escapeAll = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

describe('strict JSON', () => {
  it('reads whatever is safe exactly as JSON.parse does, with any white space', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(readStrictJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '"b":1',
      '1',
      '-',
      '1e5',
      'true',
      'nul',
      ' ',
      '\\u00',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(codeOf(text) === 'accepted' && !isJson(text)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a key that is there twice, wherever it is and however it is spelled', () => {
    fc.assert(
      fc.property(key, fc.uniqueArray(key, { maxLength: 30 }), tree, fc.nat(8), (name, others, value, depth) => {
        const plain = JSON.stringify(name);
        const members = others
          .filter((other) => other !== name)
          .map((other) => `${JSON.stringify(other)}:${JSON.stringify(value)}`);
        const object = `{${[`${plain}:1`, ...members, `"${escapeAll(name)}":2`].join(',')}}`;
        expect(codeOf('[{"in":'.repeat(depth) + object + '}]'.repeat(depth))).toBe('json.duplicate-key');
      }),
    );
  });

  it('lets siblings and parents use the same key', () => {
    expect(codeOf('{"a":{"a":[{"a":1},{"a":2}]},"b":{"a":"a"},"c":"c"}')).toBe('accepted');
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses the key %s in both spellings, but not as a value',
    (name) => {
      expect(codeOf(`{"x":[{"${name}":1}]}`)).toBe('json.forbidden-key');
      expect(codeOf(`{"x":[{"${escapeAll(name)}":1}]}`)).toBe('json.forbidden-key');
      expect(codeOf(`{"x":"${name}","y":["${name}"]}`)).toBe('accepted');
    },
  );

  it('allows 256 members of an object and 200,000 values, and not one more', () => {
    const members = (n: number): string => `{"in":{${Array.from({ length: n }, (_, at) => `"${at}":1`).join(',')}}}`;
    expect(codeOf(members(256))).toBe('accepted');
    expect(codeOf(members(257))).toBe('json.members');
    expect(codeOf(`[${'[],'.repeat(200_000)}[]]`)).toBe('accepted');
    expect(codeOf(`[${'[],'.repeat(200_001)}[]]`)).toBe('json.members');
  });

  it('allows depth 32 and not 33, at any size and without delay', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(codeOf(nested(32))).toBe('accepted');
    expect(codeOf(nested(33))).toBe('json.depth');
    expect(codeOf('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toBe('json.depth');
    const start = performance.now();
    expect(codeOf('['.repeat(2_000_000))).toBe('json.depth');
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it.each(['"\\u0000"', '"a\\ud800"', '"\\udc00\\ud800"', '{"k\\u0000":1}', '["\\uD83D x"]'])(
    'refuses the text %s',
    (text) => {
      expect(codeOf(text)).toBe('json.text');
    },
  );

  it('accepts escapes of good text', () => {
    expect(readStrictJson(Buffer.from('["\\ud83d\\ude00","\\\\","\\"","a\\\\\\"b",""]'))).toEqual([
      '😀',
      '\\',
      '"',
      'a\\"b',
      '',
    ]);
  });

  it.each([
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '3174091234567890123',
    '1e400',
    '-1e400',
    '1e16',
    '12345678901234567890',
  ])('refuses the number %s', (text) => {
    expect(codeOf(`{"n":${text}}`)).toBe('json.number');
    expect(codeOf(`[${text},1]`)).toBe('json.number');
  });

  it.each(['9007199254740991', '-9007199254740991', '-0', '0.1234567890123456789', '1e15', '1E-400', '3.5'])(
    'accepts the number %s',
    (text) => {
      expect(codeOf(`[${text}]`)).toBe('accepted');
    },
  );

  it.each(['', 'NaN', '[NaN]', "{'a':1}", '{"a":1,}', '[01]', '[1e]', '{"a":1}x', '"\\x"', '["a\u0000b"]', '["open'])(
    'refuses %j as no JSON',
    (text) => {
      expect(['json.syntax', 'body.empty']).toContain(codeOf(text));
    },
  );

  it.each([
    ['a BOM', Buffer.from('\uFEFF{}')],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le')],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['a cut sequence', Buffer.from([0x22, 0xe2, 0x82, 0x22])],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('body.encoding');
  });
});
