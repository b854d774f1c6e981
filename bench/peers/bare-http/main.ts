// What is left of an intake without a framework: node:http, JSON.parse, our validator, our answer. main.js bare, with PORT.
import 'reflect-metadata';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { eventId, revisionOf, SYSTEMS, validatorFor } from '@simpul/contracts';
import { nikFindings } from '@simpul/identifiers';
import { GrowthMeasurement } from '../../../apps/adapter-health/src/growth-measurement/growth-measurement.js';

const isGood = validatorFor(GrowthMeasurement) as (value: unknown) => value is GrowthMeasurement;

function warningsOf({ child, recordedAt, measuredAt }: GrowthMeasurement): object[] {
  const { identifiers = [], birthDate, sex } = child;
  const on = new Date(recordedAt ?? measuredAt);
  return identifiers.flatMap(({ system, value }, place) => {
    if (system !== SYSTEMS.nik) return [];
    const pointer = `/child/identifiers/${place}/value`;
    return nikFindings(value, { on, birthDate, sex }).map(({ code }) => ({ code, pointer }));
  });
}

function answerOf(value: unknown, index: number): { status: string } {
  if (!isGood(value)) return { status: 'rejected' };
  const id = eventId('growth-measurement', value.reference, revisionOf(value));
  return Object.assign({ index, id, status: 'would-be-accepted' }, { warnings: warningsOf(value) });
}

function countersOf(items: readonly { status: string }[]): object {
  const good = items.filter(({ status }) => status === 'would-be-accepted').length;
  return { wouldBeAccepted: good, duplicate: 0, rejected: items.length - good, retry: 0 };
}

function answerLines(text: string): string {
  const items = text.split('\n').flatMap((line, index) => (line === '' ? [] : answerOf(JSON.parse(line), index)));
  return [...items, { summary: countersOf(items) }].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function answerJson(text: string): string {
  const value = JSON.parse(text) as unknown;
  if (!Array.isArray(value)) return JSON.stringify(answerOf(value, 0));
  const items = value.map(answerOf);
  return JSON.stringify({ ...countersOf(items), items });
}

createServer((request, response) => {
  void buffer(request).then((body) => {
    const type = request.headers['content-type'] ?? 'application/json';
    const text = body.toString();
    response.setHeader('content-type', type);
    response.end(type === 'application/x-ndjson' ? answerLines(text) : answerJson(text || '{}'));
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
