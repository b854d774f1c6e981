import { describe, expect, it } from '@jest/globals';
import type { ProblemError } from '@simpul/contracts';
import { ClientQuota } from './client-quota.js';

const NARROW = {
  itemsPerSecond: 10,
  itemsBurst: 100,
  mebibytesPerSecond: 1,
  mebibytesBurst: 10,
  requestsAtOnce: 2,
  mebibytesAtOnce: 3,
};
const MIB = 1024 * 1024;

const refusalOf = (quota: ClientQuota, client: string): ProblemError | undefined => {
  try {
    quota.enter(client)();
    return undefined;
  } catch (error) {
    return error as ProblemError;
  }
};

describe('the quota of a client', () => {
  it('refuses the next request after a large one, says when to come back, and leaves others alone', () => {
    const reached: string[] = [];
    const quota = new ClientQuota(NARROW, (client) => reached.push(client));
    quota.enter('dinkes')();
    quota.charge('dinkes', 1_100, 0);
    const refused = refusalOf(quota, 'dinkes');
    expect([refused?.status, refused?.code, refused?.headers]).toEqual([429, 'quota', { 'retry-after': '100' }]);
    expect(refusalOf(quota, 'dinkes')?.status).toBe(429);
    expect(refusalOf(quota, 'disdik')).toBeUndefined();
    // One line of the log a minute, however often it comes back.
    expect(reached).toEqual(['dinkes']);
  });

  it('counts bytes as well as items', () => {
    const quota = new ClientQuota(NARROW, () => undefined);
    quota.charge('dinkes', 1, 40 * MIB);
    expect(refusalOf(quota, 'dinkes')?.headers).toEqual({ 'retry-after': '30' });
  });

  it('lets so many requests be open and no more; one that ends makes room once', () => {
    const quota = new ClientQuota(NARROW, () => undefined);
    const first = quota.enter('dinkes');
    quota.enter('dinkes');
    expect(refusalOf(quota, 'dinkes')?.headers).toEqual({ 'retry-after': '1' });
    first();
    first();
    quota.enter('dinkes');
    expect(refusalOf(quota, 'dinkes')?.status).toBe(429);
  });

  it('lets in what is open only up to so many bytes, whatever the last one holds', () => {
    const quota = new ClientQuota({ ...NARROW, requestsAtOnce: 100 }, () => undefined);
    quota.enter('dinkes', MIB);
    const large = quota.enter('dinkes', 9 * MIB);
    expect(refusalOf(quota, 'dinkes')?.headers).toEqual({ 'retry-after': '1' });
    expect(refusalOf(quota, 'disdik')).toBeUndefined();
    large();
    large();
    quota.enter('dinkes', 2 * MIB);
    expect(refusalOf(quota, 'dinkes')?.status).toBe(429);
  });

  it('makes a stream wait instead of refusing it, until the process stops', async () => {
    const quota = new ClientQuota({ ...NARROW, itemsPerSecond: 1_000 }, () => undefined);
    const stop = new AbortController();
    const start = performance.now();
    await quota.pace('dinkes', 400, 0, stop.signal);
    expect(performance.now() - start).toBeGreaterThanOrEqual(299);
    const waiting = quota.pace('dinkes', 1_000_000, 0, stop.signal);
    stop.abort();
    await waiting;
  });
});
