import { describe, expect, it } from '@jest/globals';
import { Metrics } from '@simpul/process';
import { assertArchived, UNARCHIVED_CONSENT } from './archive-consent.js';
import { check, type Check } from './check.js';
import { ConditionWatch } from './condition-watch.js';
import { freeShare } from './disk.check.js';
import { productionChecks } from './log.checks.js';
import { archiveCheck, clockCheck } from './server.checks.js';
import type { ServerFacts } from './server-facts.store.js';

const FACTS: ServerFacts = {
  version: 180_004,
  fsync: 'on',
  fullPageWrites: 'on',
  synchronousCommit: 'on',
  dataChecksums: 'on',
  statementTimeout: '5s',
  lockTimeout: '1s',
  idleInTransactionTimeout: '5s',
  archiveMode: 'on',
  archived: new Date(2_000),
  archiveFailed: null,
  powerful: false,
  ddl: [],
  now: new Date(0),
};
const OFF: ServerFacts = { ...FACTS, archiveMode: 'off', archived: null };
const NEVER: ServerFacts = { ...FACTS, archived: null, archiveFailed: new Date(1) };

describe('production', () => {
  const start = (facts: ServerFacts, consent?: string) => () => assertArchived(facts, { production: true, consent });

  it('is refused without an archive, or with one that never took anything, unless told so in words', () => {
    expect(start(OFF)).toThrow(UNARCHIVED_CONSENT);
    expect(start(OFF, 'yes')).toThrow(UNARCHIVED_CONSENT);
    expect(start(NEVER)).toThrow(UNARCHIVED_CONSENT);
    expect(start(OFF, UNARCHIVED_CONSENT)).not.toThrow();
    expect(() => assertArchived(OFF, { production: false, consent: undefined })).not.toThrow();
  });

  it('starts with an archive, also while it fails after it worked, or has had nothing to take', () => {
    expect(start(FACTS)).not.toThrow();
    expect(start({ ...FACTS, archiveFailed: new Date(3_000) })).not.toThrow();
    expect(start({ ...FACTS, archived: null })).not.toThrow();
  });

  it('needs TLS to Kafka and an issuer of its own', () => {
    const at = {
      production: true,
      kafkaTls: true,
      issuerUrl: 'https://sso.example.go.id/simpul',
      issuerConsent: false,
    };
    const failed = (change: object) =>
      productionChecks({ ...at, ...change })
        .filter(({ ok }) => ok === false)
        .map(({ name }) => name);
    expect(failed({})).toEqual([]);
    expect(failed({ kafkaTls: false })).toEqual(['kafka.tls']);
    expect(failed({ issuerUrl: 'http://127.0.0.1:3000/issuer' })).toEqual(['issuer']);
    expect(failed({ issuerConsent: true })).toEqual(['issuer']);
    expect(failed({ production: false, kafkaTls: false })).toEqual([]);
  });
});

describe('checks', () => {
  it('say that an archive fails only while its last failure is its last word', () => {
    expect(archiveCheck({ ...FACTS, archiveFailed: new Date(1_000) }).ok).toBe(true);
    expect(archiveCheck({ ...FACTS, archiveFailed: new Date(3_000) }).ok).toBe(false);
    expect(archiveCheck(OFF).ok).toBe(false);
  });

  it('allow five seconds between two clocks, beside the time of the question', () => {
    const skew = (theirs: number) => clockCheck('clock', theirs, 100_000, 101_000).ok;
    expect([95_000, 100_500, 106_000].map(skew)).toEqual([true, true, true]);
    expect([94_999, 106_001].map(skew)).toEqual([false, false]);
    expect(clockCheck('clock', NaN, 0, 0).ok).toBe(false);
  });

  it('take what is kept back for root for used', () => {
    expect(freeShare({ blocks: 100, bfree: 15, bavail: 10 })).toBeCloseTo(10 / 95);
  });
});

describe('the watch', () => {
  const undurable = check('postgres.synchronous-commit', false, 'off', '');
  const durable = { ...undurable, ok: true };
  const full = check('disk .', false, '3 % free', '');

  function watch(production: boolean) {
    const seen: Check[][] = [];
    const lines: string[] = [];
    const write = (level: string) => (event: string) => void lines.push(`${level} ${event}`);
    const log = { info: write('info'), warn: write('warn'), error: write('error') };
    const look = () => Promise.resolve(seen.shift() ?? []);
    const options = {
      log,
      metrics: new Metrics(),
      health: { register: () => undefined },
      refuse: () => Promise.resolve(),
    };
    return { watch: new ConditionWatch({ ...options, look, production }), seen, lines };
  }

  it('alarms once when something turns, and makes production unready only for commits that are not durable', async () => {
    const { watch: watched, seen, lines } = watch(true);
    seen.push([durable, full], [undurable, full], [undurable, full], [durable, full]);
    await watched.lookAgain();
    expect(watched.finding()).toEqual({ ok: true, detail: { failing: 'disk .' } });
    await watched.lookAgain();
    await watched.lookAgain();
    expect(watched.finding().ok).toBe(false);
    await watched.lookAgain();
    expect(watched.finding().ok).toBe(true);
    expect(lines).toEqual(['error disk.nearly-full', 'error database.not-durable', 'info condition.mended']);
  });

  it('keeps a developer ready, and says it without an alarm', async () => {
    const { watch: watched, seen, lines } = watch(false);
    seen.push([undurable]);
    await watched.lookAgain();
    expect(watched.finding()).toEqual({ ok: true, detail: { failing: undurable.name } });
    expect(lines).toEqual(['info database.not-durable']);
  });
});
