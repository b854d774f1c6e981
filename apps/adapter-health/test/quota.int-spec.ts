// What a client is told that has used up its share of the adapter, and that a stream is slowed down instead of cut.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdapterStage } from '@simpul/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { growthMeasurementKind } from '../src/growth-measurement/growth-measurement.kind.js';
import { HealthAdapterModule } from '../src/health.module.js';

const PER_SECOND = 100;
const BURST = 1_000;

let stage: AdapterStage;
let app: NestFastifyApplication;
beforeAll(async () => {
  stage = await AdapterStage.build('health');
  Object.assign(process.env, { QUOTA_ITEMS_PER_SECOND: String(PER_SECOND), QUOTA_ITEMS_BURST: String(BURST) });
  app = await stage.start(HealthAdapterModule);
});
afterAll(async () => {
  await app.close();
  await stage.close();
});

const message = (reference: string): object => ({ ...growthMeasurementKind.examples[0]?.message, reference });

async function push(source: string, payload: string, type = 'application/json', language = 'en') {
  const reply = await app.inject({
    method: 'POST',
    url: '/adapters/health/v1/growth-measurements',
    headers: {
      'content-type': type,
      'accept-language': language,
      authorization: `Bearer ${await stage.token(source)}`,
    },
    payload,
  });
  return { status: reply.statusCode, headers: reply.headers, text: reply.body };
}

describe('the quota of a client', () => {
  it('lets a large request through whole, and answers the next ones with 429 in both languages; others are not held up', async () => {
    const many = (name: string) => JSON.stringify(Array.from({ length: BURST }, (_, n) => message(`${name}-${n}`)));
    expect((await push('greedy', many('first'))).status).toBe(202);
    const second = await push('greedy', many('second'));
    expect([second.status, (JSON.parse(second.text) as { accepted: number }).accepted]).toEqual([202, BURST]);
    for (const [language, title] of [
      ['en', 'Too many requests'],
      ['id', 'Terlalu banyak permintaan'],
    ] as const) {
      const { status, headers, text } = await push('greedy', JSON.stringify(message('one')), undefined, language);
      expect([status, headers['content-type']]).toEqual([429, 'application/problem+json; charset=utf-8']);
      expect(JSON.parse(text)).toMatchObject({ code: 'quota', title, status: 429 });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(BURST / PER_SECOND);
    }
    expect((await push('modest', JSON.stringify(message('one')))).status).toBe(202);
    const told = stage.logged.filter((line) => line.includes('quota.reached'));
    expect(told.map((line) => JSON.parse(line) as object)).toEqual([expect.objectContaining({ client: 'greedy' })]);
  }, 60_000);

  it('reads a stream no faster than the share comes back, and refuses none of its lines', async () => {
    const lines = Array.from({ length: BURST + 3 * PER_SECOND }, (_, n) => `${JSON.stringify(message(`line-${n}`))}\n`);
    const start = performance.now();
    const { status, text } = await push('steady', lines.join(''), 'application/x-ndjson');
    // The last hundred are owed.
    expect(performance.now() - start).toBeGreaterThan(1_900);
    expect(status).toBe(200);
    expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toEqual({
      summary: { accepted: lines.length, duplicate: 0, rejected: 0, retry: 0 },
    });
  }, 60_000);

  it('ends with the requests that were open, however they ended', async () => {
    const wrong = await Promise.all(Array.from({ length: 300 }, () => push('clumsy', '{', 'application/json')));
    expect(wrong.filter(({ status }) => ![400, 429].includes(status))).toEqual([]);
    expect((await push('clumsy', JSON.stringify(message('good')))).status).toBe(202);
  }, 60_000);
});
