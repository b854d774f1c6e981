// What the intake answers to the corpus, to the byte: whoever makes it faster changes nothing of this.
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { toPublicJwk } from '@simpul/identifiers';
import { createApp } from '@simpul/process';
import { testRegistryKey } from '@simpul/testing';
import { growthMeasurementKind } from '../../apps/adapter-health/src/growth-measurement/growth-measurement.kind.js';
import { HealthAdapterModule } from '../../apps/adapter-health/src/health.module.js';
import { ANSWERS } from './answers.data.js';
import { type HttpCase, json, PATH } from './http-case.js';
import { JSON_THEMES } from './json.data.js';
import { MEANING } from './meaning.data.js';
import { TEXT } from './text.data.js';

const folder = mkdtempSync(join(tmpdir(), 'simpul-answers-'));
const before = { ...process.env };
let app: NestFastifyApplication;

beforeAll(async () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  Object.assign(process.env, {
    KAFKA_BROKERS: '127.0.0.1:1', // nobody is there, and nothing is published
    REGISTRY_JWKS: file('registry.json', JSON.stringify({ keys: [toPublicJwk(testRegistryKey('answers-1'))] })),
    PSEUDONYM_KEY_FILE_HEALTH: file('key', Buffer.alloc(32, 1).toString('base64url')),
  });
  app = await createApp({
    name: 'answers',
    module: HealthAdapterModule,
    config: { issuerUrl: 'http://127.0.0.1:1', audience: 'urn:simpul:hub', logLevel: 'error' },
    verify: () => Promise.resolve({ clientId: 'c', source: 'puskesmas-contoh', scopes: ['push:health'] }),
  });
});
afterAll(async () => {
  await app.close();
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';

/** The answer without the words for people, which the catalogue may change, and the numbers of the corpus' references. */
async function answerTo(body: string | Buffer, type: string): Promise<string> {
  const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
  const headers = { 'content-type': type, authorization: 'Bearer x', traceparent };
  const { statusCode, payload } = await app.inject({
    method: 'POST',
    url: `${PATH}?check=only`,
    headers,
    payload: body,
  });
  const wordless = payload.replaceAll(/"(title|detail)":"(?:[^"\\]|\\.)*"/gu, '"$1":"…"');
  return `${statusCode} ${wordless.replaceAll(/hostile-\d+/gu, 'hostile')}`;
}

const sign = (text: string): string => hash('sha256', text, 'base64url').slice(0, 16);

const isPush = ({ path, headers, bytes, body }: HttpCase): boolean =>
  path === undefined &&
  headers === undefined &&
  bytes === undefined &&
  body !== undefined &&
  typeof body !== 'function';
const bodyOf = ({ body }: HttpCase): Buffer => Buffer.from(body as string | Buffer);

const repeated = json();
const VALID: readonly HttpCase[] = [
  ...growthMeasurementKind.examples.map(({ title, message }) => ({
    name: title.en,
    body: JSON.stringify(message),
    status: 200,
  })),
  ...[repeated, json({ ...(JSON.parse(repeated) as object), weightKg: 9.5 })].map((body, place) => ({
    name: `the same reference, ${place}`,
    body,
    status: 200,
  })),
  {
    name: 'the same message in another order',
    body: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(repeated) as object).toReversed())),
    status: 200,
  },
  { name: 'the same message again', body: repeated, status: 200 },
];
const CASES = [...[TEXT, ...JSON_THEMES, ...MEANING].flatMap(({ cases }) => cases), ...VALID].filter(isPush);

/** An array breaks as a whole where one of its texts cannot be read, so only those are joined that can be. */
async function readableItems(): Promise<HttpCase[]> {
  // Three times, as nothing at all can be read in a list of one, and a lone quotation mark in a list of two.
  const answers = await Promise.all(
    CASES.map((each) => answerTo(joined([each, each, each], ['[', ',', ']']), JSON_TYPE)),
  );
  return CASES.filter((_, place) => !answers[place]?.startsWith('400 '));
}

function joined(cases: readonly HttpCase[], [open, between, close]: readonly [string, string, string]): Buffer {
  const texts = cases.map((each) => Buffer.concat([bodyOf(each), Buffer.from(between)]));
  return Buffer.concat([Buffer.from(open), Buffer.concat(texts).subarray(0, -between.length), Buffer.from(close)]);
}

describe('the answers to the corpus', () => {
  it('are those that they were, object by object', async () => {
    const found = new Map<string, string>();
    for (const each of CASES) found.set(each.name, sign(await answerTo(bodyOf(each), JSON_TYPE)));
    expect(found).toEqual(ANSWERS.objects);
  });

  it.each([
    ['an array', JSON_TYPE, readableItems, ['[', ',', ']']],
    ['a stream', LINES_TYPE, () => CASES, ['', '\n', '\n']],
  ] as const)('are those that they were, in %s', async (form, type, list, marks) => {
    const answer = await answerTo(joined(await list(), marks), type);
    expect(answer).toContain('"duplicate":2');
    expect({ bytes: answer.length, sign: sign(answer) }).toEqual(ANSWERS[form]);
  });
});
