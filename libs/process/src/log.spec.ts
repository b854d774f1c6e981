import { describe, expect, it } from '@jest/globals';
import { Log, type LogFields } from './log.js';
import { newRequest, runInRequest } from './request-context.js';

function write(work: (log: Log) => void): Record<string, unknown> {
  const lines: string[] = [];
  work(new Log({ name: 'test', level: 'debug', destination: { write: (line: string) => lines.push(line) } }));
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

describe('the log', () => {
  it('writes declared fields of their own type and drops every other', () => {
    const sent = { topic: 't', count: 3, partition: 'nik', name: 'Siti', nik: '3174095501019001' };
    const line = write((log) => log.info('applied', sent as unknown as LogFields));
    expect(line).toMatchObject({ msg: 'applied', topic: 't', count: 3, name: 'test' });
    expect(Object.keys(line).toSorted()).toEqual(['count', 'level', 'msg', 'name', 'time', 'topic']);
  });

  it('says of an error and its causes name, code and places, never the words', () => {
    const cause = Object.assign(new Error('Key (nik)=(3174095501019001) exists'), {
      code: '23505',
      constraint: 'one_nik',
    });
    const line = write((log) => log.error('failed', {}, new TypeError('rahasia\n    at rahasia', { cause })));
    expect(line['error']).toMatchObject([
      { name: 'TypeError' },
      { name: 'Error', code: '23505', constraint: 'one_nik' },
    ]);
    expect(JSON.stringify(line)).toContain('log.spec.ts');
    expect(JSON.stringify(line)).not.toMatch(/rahasia|3174/);
  });

  it('carries the ids of the request in work', () => {
    const request = newRequest();
    const line = write((log) => runInRequest(request, () => log.warn('slow')));
    expect(line).toMatchObject({ requestId: request.requestId, traceId: request.traceId });
  });
});
