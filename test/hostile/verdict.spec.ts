import { describe, expect, it } from '@jest/globals';
import { ProblemError, toProblem } from '@simpul/contracts';
import type { Answer } from './exchange.js';
import { CANARY, NIK } from './canary.js';
import { faultsOf } from './verdict.js';

const said = new ProblemError('validation', {
  errors: [{ pointer: '/weightKg', code: 'max', detail: { en: 'too much', id: 'terlalu besar' } }],
});
const headers = {
  'content-type': 'application/problem+json; charset=utf-8',
  'content-language': 'en',
  'x-content-type-options': 'nosniff',
};
const answer: Answer = { status: 422, headers, body: JSON.stringify(toProblem(said, 'en', '/x')), rest: 0, ms: 1 };
const wanted = { status: 422, code: 'validation', pointers: ['/weightKg'] };

const items: Answer = {
  ...answer,
  status: 202,
  headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({
    items: [{ status: 'accepted' }, { status: 'rejected', problem: toProblem(said, 'en', '/x') }],
  }),
};
const both = ['accepted', 'rejected validation'];

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const lines: Answer = {
  ...items,
  status: 200,
  headers: { ...headers, 'content-type': 'application/x-ndjson; charset=utf-8' },
  body: line({ status: 'accepted' }) + line({ summary: {} }),
};

describe('the comparison of an answer with what is wanted', () => {
  it('finds nothing where all is as wanted', () => {
    expect(faultsOf(wanted, answer, 'en')).toEqual([]);
    expect(faultsOf({ status: 202, items: both }, items, 'en')).toEqual([]);
    expect(faultsOf({ status: 202, items: { accepted: 1, 'rejected validation': 1 } }, items, 'en')).toEqual([]);
    expect(faultsOf({ status: 200, items: ['accepted', 'summary'] }, lines, 'en')).toEqual([]);
    expect(faultsOf({ status: 0 }, { ...answer, status: 0, headers: {}, body: '' }, 'en')).toEqual([]);
  });

  it.each([
    ['another status', { status: 400 }],
    ['another code', { code: 'time.future' }],
    ['no error', { pointers: [] }],
    ['another pointer', { pointers: ['/weight'] }],
    ['one pointer more', { pointers: ['/weightKg', '/child'] }],
    ['warnings', { warnings: ['nik.format'] }],
    ['items', { items: ['accepted'] }],
  ])('says so when %s is wanted', (_name, change) => {
    expect(faultsOf({ ...wanted, ...change }, answer, 'en')).toHaveLength(1);
  });

  it.each([
    ['another language', {}, 'id'],
    ['something behind the answer', { rest: 1 }, 'en'],
    ['no word', { body: '' }, 'en'],
    ['a value of the request', { body: answer.body.replace('too much', CANARY) }, 'en'],
    ['a NIK', { body: answer.body.replace('too much', NIK) }, 'en'],
    ['no detail', { body: answer.body.replace('too much', '') }, 'en'],
    ['another title', { body: answer.body.replace('"title":"', '"title":"x') }, 'en'],
    ['no type', { body: answer.body.replace('"type"', '"kind"') }, 'en'],
    ['no sniffing allowed', { headers: { 'content-type': headers['content-type'], 'content-language': 'en' } }, 'en'],
    ['no problem', { headers: { ...headers, 'content-type': 'application/json' } }, 'en'],
  ] as const)('says so when the answer has %s', (_name, change, language) => {
    expect(faultsOf(wanted, { ...answer, ...change }, language).length).toBeGreaterThan(0);
  });

  it('wants the headers that belong to a status', () => {
    const refused = {
      ...answer,
      status: 401,
      body: JSON.stringify(toProblem(new ProblemError('token.missing'), 'en', '/')),
    };
    expect(faultsOf({ status: 401, code: 'token.missing' }, refused, 'en')).toEqual([
      'header www-authenticate is missing',
    ]);
  });

  it('counts items and lines, and knows their order', () => {
    expect(faultsOf({ status: 202, items: both.toReversed() }, items, 'en')).toHaveLength(1);
    expect(faultsOf({ status: 202, items: { accepted: 2 } }, items, 'en')).toHaveLength(1);
    expect(faultsOf({ status: 200, items: ['accepted'] }, lines, 'en')).toHaveLength(1);
    expect(faultsOf({ status: 200, last: 'problem body.too-large' }, lines, 'en')).toHaveLength(1);
  });
});
