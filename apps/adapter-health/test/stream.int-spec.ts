// What only a real connection shows: answers while the request is still being sent, and an end that says so.
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AdapterStage } from '@simpul/testing';
import { growthMeasurementKind } from '../src/growth-measurement/growth-measurement.kind.js';
import { HealthAdapterModule } from '../src/health.module.js';

interface Answer {
  id?: string;
  status?: string;
  summary?: object;
  problem?: { code: string };
}

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function open() {
  const stage = await AdapterStage.build('health');
  const app = await stage.start(HealthAdapterModule);
  let closed: Promise<void> | undefined;
  close = () => (closed ??= app.close().then(() => stage.close()));
  await app.listen(0, '127.0.0.1');
  const headers = { 'content-type': 'application/x-ndjson', authorization: `Bearer ${await stage.token('posyandu')}` };
  const sending = request(`${await app.getUrl()}/adapters/health/v1/growth-measurements`, { method: 'POST', headers });
  const lines = (async function* () {
    const [response] = (await once(sending, 'response')) as [NodeJS.ReadableStream];
    for await (const line of createInterface({ input: response })) yield JSON.parse(line) as Answer;
  })();
  return { app, sending, lines };
}

const line = (reference: string): string =>
  `${JSON.stringify({ ...growthMeasurementKind.examples[0]?.message, reference })}\n`;

describe('a stream over a connection', () => {
  it('is answered while it is still being sent, line by line, whatever its length', async () => {
    const { sending, lines } = await open();
    sending.write(line('first'));
    const first = await lines.next();
    expect(first.value).toMatchObject({ status: 'accepted' });
    const ids = new Set<string>();
    for (let index = 0; index < 5_000; index += 1) sending.write(line(`next-${index}`));
    sending.end();
    let last: Answer | undefined;
    for await (const answer of lines) {
      if (answer.id !== undefined && answer.status === 'accepted') ids.add(answer.id);
      last = answer;
    }
    expect(ids.size).toBe(5_000);
    expect(last).toEqual({ summary: { accepted: 5_001, duplicate: 0, rejected: 0, retry: 0 } });
  }, 60_000);

  it('that is open when the process stops ends with the reason, and what was read is answered', async () => {
    const { sending, lines } = await open();
    sending.on('error', () => sending.destroy());
    sending.write(line('first'));
    const first = await lines.next();
    expect(first.value).toMatchObject({ status: 'accepted' });
    const closing = close?.();
    const rest: Answer[] = [];
    for await (const answer of lines) rest.push(answer);
    expect(rest.at(-1)).toMatchObject({ problem: { code: 'shutting-down' }, counted: { accepted: 1 } });
    await closing;
  }, 60_000);
});
