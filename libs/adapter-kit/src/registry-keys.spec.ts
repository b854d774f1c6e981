import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ProblemError } from '@simpul/contracts';
import { newRegistryKey, toPrivateJwk, toPublicJwk } from '@simpul/identifiers';
import { RegistryKeys } from './registry-keys.js';

const folder = mkdtempSync(join(tmpdir(), 'simpul-keys-'));
const file = join(folder, 'registry.json');
const [one, two] = [newRegistryKey('one'), newRegistryKey('two')];
const opened: RegistryKeys[] = [];
const failures: unknown[] = [];
let now = 1_000_000;
const DAY_MS = 86_400_000;

const keysFrom = (from: string): RegistryKeys => {
  const keys = new RegistryKeys({ from, onFailure: (error) => failures.push(error), now: () => now });
  opened.push(keys);
  return keys;
};
const kidOf = (keys: RegistryKeys): string => {
  try {
    return keys.current().kid;
  } catch (error) {
    return error instanceof ProblemError ? `${error.code} ${error.headers?.['retry-after']}` : 'thrown';
  }
};

afterEach(() => {
  for (const keys of opened.splice(0)) keys.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the registry's keys", () => {
  it('are unusable before they were read, and 7 days after they were last confirmed', async () => {
    writeFileSync(file, JSON.stringify({ keys: [toPublicJwk(one), toPublicJwk(two)] }));
    const keys = keysFrom(file);
    expect(kidOf(keys)).toBe('registry-keys.stale 30');
    await keys.confirm();
    expect(kidOf(keys)).toBe('one');
    now += 7 * DAY_MS;
    expect(kidOf(keys)).toBe('one');
    now += 1;
    expect(kidOf(keys)).toBe('registry-keys.stale 30');
    await keys.prepare();
    expect(kidOf(keys)).toBe('one');
  });

  it('stay as they are while the file is unreadable, and change with its first key', async () => {
    writeFileSync(file, JSON.stringify({ keys: [toPublicJwk(one)] }));
    const keys = keysFrom(file);
    await keys.confirm();
    const first = keys.current();
    await keys.confirm();
    expect(keys.current()).toBe(first);
    for (const broken of ['{', JSON.stringify({ keys: [toPrivateJwk(two)] })]) {
      writeFileSync(file, broken);
      await keys.confirm();
      expect(kidOf(keys)).toBe('one');
    }
    expect(failures).toHaveLength(2);
    writeFileSync(file, JSON.stringify({ keys: [toPublicJwk(two), toPublicJwk(one)] }));
    await keys.confirm();
    expect(kidOf(keys)).toBe('two');
  });

  it('are asked for again soon at the start, without a word while the registry is only starting', async () => {
    let asked = 0;
    const third = Promise.withResolvers<void>();
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end(JSON.stringify({ keys: [toPublicJwk(one)] }));
      if (asked === 3) third.resolve();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    failures.length = 0;
    const keys = keysFrom(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
    await keys.confirm();
    await third.promise;
    await keys.confirm(); // joins the third question, whose answer is under way
    expect([asked, kidOf(keys), failures]).toEqual([3, 'one', []]);
    server.closeAllConnections();
    server.close();
  });

  it('come from an address too, asked once for many requests and not again at once', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 503 : 200).end(JSON.stringify({ keys: [toPublicJwk(one)] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const keys = keysFrom(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
    await Promise.all([keys.prepare(), keys.prepare(), keys.prepare()]);
    await keys.prepare();
    expect([asked, kidOf(keys)]).toEqual([1, 'registry-keys.stale 30']);
    now += 5_000;
    await keys.prepare();
    expect([asked, kidOf(keys)]).toEqual([2, 'one']);
    server.closeAllConnections();
    server.close();
  });
});
