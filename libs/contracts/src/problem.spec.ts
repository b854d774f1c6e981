import { describe, expect, it } from '@jest/globals';
import { isProblemCode, ProblemError, PROBLEMS, toProblem, VERDICT_CODES, WARNING_CODES } from './problem.js';

const entries = Object.entries(PROBLEMS);

describe('the catalogue of problems', () => {
  it.each(entries)('has a whole page for %s in both languages', (code, info) => {
    expect(code).toMatch(/^[a-z]+(?:[._-][a-z]+)*$/u);
    for (const words of [info.title, info.explanation, info.fix]) {
      expect(words.en).not.toBe(words.id);
      expect([words.en, words.id].every((text) => text.trim() === text && text.length > 5)).toBe(true);
    }
    for (const words of [info.explanation, info.fix])
      expect(words.en.endsWith('.') && words.id.endsWith('.')).toBe(true);
    expect(info.title.en.endsWith('.')).toBe(false);
  });

  it('has every status that the API promises', () => {
    const statuses = new Set(entries.map(([, { status }]) => status));
    for (const status of [400, 401, 403, 404, 405, 413, 415, 422, 429, 431, 500, 503])
      expect(statuses).toContain(status);
  });

  it('says every title once', () => {
    expect(new Set(entries.map(([, { title }]) => title.en)).size).toBe(entries.length);
    expect(new Set(entries.map(([, { title }]) => title.id)).size).toBe(entries.length);
  });

  it('knows verdicts and warnings by their names', () => {
    expect(VERDICT_CODES.every((code) => code.startsWith('event.'))).toBe(true);
    expect(WARNING_CODES.every((code) => code.startsWith('nik.'))).toBe(true);
    expect(isProblemCode('event.conflict')).toBe(true);
    expect(isProblemCode('toString')).toBe(false);
  });
});

describe('toProblem', () => {
  const detail = { en: 'must be at most 60 kg', id: 'paling banyak 60 kg' };
  const error = new ProblemError('validation', { errors: [{ pointer: '/weightKg', code: 'max', detail }] });

  it('speaks the language of the reader', () => {
    expect(toProblem(error, 'id', '/adapters/health/v1/growth-measurements', 'trace')).toEqual({
      type: '/docs/problems/validation',
      title: 'Pesan tidak sesuai dengan skemanya',
      status: 422,
      detail: PROBLEMS.validation.explanation.id,
      code: 'validation',
      instance: '/adapters/health/v1/growth-measurements',
      traceId: 'trace',
      errors: [{ pointer: '/weightKg', code: 'max', detail: 'paling banyak 60 kg' }],
    });
    expect(toProblem(error, 'en', '/x').errors?.[0]?.detail).toBe('must be at most 60 kg');
  });

  it('leaves out what was not said', () => {
    expect(Object.keys(toProblem(new ProblemError('not-found'), 'en', '/x'))).toEqual([
      'type',
      'title',
      'status',
      'detail',
      'code',
      'instance',
    ]);
  });

  it('prefers a detail of its own, and keeps headers and the cause for others', () => {
    const cause = new Error('x');
    const own = new ProblemError('unavailable', { detail, headers: { 'retry-after': '5' }, cause });
    expect(toProblem(own, 'en', '/x').detail).toBe(detail.en);
    expect(own.headers).toEqual({ 'retry-after': '5' });
    expect(own.cause).toBe(cause);
    expect(own.status).toBe(503);
  });
});
