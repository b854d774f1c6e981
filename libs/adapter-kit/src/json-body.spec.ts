import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@simpul/contracts';
import { readJsonBody } from './json-body.js';
import { LIMITS } from './limits.js';

const verdict = (text: string): string => {
  try {
    const body = readJsonBody(Buffer.from(text));
    return 'items' in body ? `${body.items.length} items` : 'object';
  } catch (error) {
    return error instanceof ProblemError ? error.code : 'thrown';
  }
};
const padded = (bytes: number, [open, close]: string): string => `${open}${' '.repeat(bytes - 2)}${close}`;

describe('a JSON body', () => {
  it.each([
    ['{}', 'object'],
    [' \r\n\t[1,{}]', '2 items'],
    ['[]', '0 items'],
    ['null', 'body.shape'],
    ['"text"', 'body.shape'],
    ['', 'body.empty'],
    ['[{"a":1,"a":1}]', 'json.duplicate-key'],
    ['{"__proto__":1}', 'json.forbidden-key'],
    ['{', 'json.syntax'],
  ])('%j is %s', (text, expected) => expect(verdict(text)).toBe(expected));

  it('is bounded: an object by its bytes, an array by its items', () => {
    expect(verdict(padded(LIMITS.objectBytes, '{}'))).toBe('object');
    expect(verdict(padded(LIMITS.objectBytes + 1, '{}'))).toBe('body.too-large');
    expect(verdict(padded(LIMITS.objectBytes + 1, '[]'))).toBe('0 items');
    expect(verdict(JSON.stringify(Array.from({ length: 1_000 }, () => 1)))).toBe('1000 items');
    expect(verdict(JSON.stringify(Array.from({ length: 1_001 }, () => 1)))).toBe('body.too-many-items');
  });
});
