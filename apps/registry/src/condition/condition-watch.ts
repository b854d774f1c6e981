import type { OnApplicationBootstrap, OnApplicationShutdown, Provider } from '@nestjs/common';
import { Database } from '@simpul/database';
import { type Finding, Health, isProduction, Log, Metrics, Recurring } from '@simpul/process';
import { RegistryConfig } from '../config.js';
import { assertArchived, UNARCHIVED_CONSENT } from './archive-consent.js';
import type { Check } from './check.js';
import { runningChecks } from './running.checks.js';
import { readServerFacts } from './server-facts.store.js';

export interface WatchOptions {
  /** The checks that can turn while a process runs. */
  look: () => Promise<Check[]>;
  log: Pick<Log, 'info' | 'error' | 'warn'>;
  metrics: Pick<Metrics, 'gauge'>;
  health: Pick<Health, 'register'>;
  production: boolean;
  /** Throws where a process must not even start. */
  refuse: () => Promise<void>;
}

const EVERY_MS = 30_000;

/** Code of the alarm by the beginning of a check's name. */
const ALARMS: readonly [string, string][] = [
  ['postgres.archive', 'archive.failing'],
  ['postgres.', 'database.not-durable'],
  ['disk ', 'disk.nearly-full'],
];

/**
 * Looks again and again at what can turn while the process runs, and alarms when it does. Only a database whose commits are not durable makes a
 * production process unready: then "accepted", "applied" and "recorded look" would be promises without a ground. A failing archive or a full
 * disk breaks no promise yet, and stopping to serve would mend neither.
 */
export class ConditionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private checks: readonly Check[] = [];
  private readonly looking = new Recurring(() => this.lookAgain(), EVERY_MS);
  private readonly failed;

  constructor(private readonly options: WatchOptions) {
    this.failed = options.metrics.gauge('simpul_condition_failed', '1 while a setting that a promise rests on fails', [
      'check',
    ]);
  }

  /** Looks now, and every 30 s. */
  async onApplicationBootstrap(): Promise<void> {
    await this.options.refuse();
    await this.looking.start();
    this.options.health.register('condition', () => this.finding());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** Never throws: a database that does not answer is another check's alarm. */
  async lookAgain(): Promise<void> {
    try {
      const checks = await this.options.look();
      this.tell(checks);
      this.checks = checks;
    } catch (error) {
      this.options.log.warn('condition.unknown', {}, error);
    }
  }

  finding(): Finding {
    const failing = this.checks.filter(({ ok }) => ok === false).map(({ name }) => name);
    const undurable = failing.some((name) => alarmOf(name) === 'database.not-durable');
    return { ok: !(undurable && this.options.production), detail: { failing: failing.join(', ') } };
  }

  private tell(checks: readonly Check[]): void {
    for (const now of checks) {
      this.failed.set({ check: now.name }, now.ok === false ? 1 : 0);
      const before = this.checks.find(({ name }) => name === now.name)?.ok;
      if (now.ok === false && before !== false) this.alarm(now);
      if (now.ok === true && before === false) this.options.log.info('condition.mended', { check: now.name });
    }
  }

  /** On a developer's computer it is no alarm. */
  private alarm({ name, found }: Check): void {
    this.options.log[this.options.production ? 'error' : 'info'](alarmOf(name), { check: name, reason: found });
  }
}

const alarmOf = (name: string): string => ALARMS.find(([start]) => name.startsWith(start))?.[1] ?? 'condition.failed';

export const CONDITION_PROVIDER: Provider = {
  provide: ConditionWatch,
  inject: [RegistryConfig, Database, Log, Metrics, Health],
  useFactory: (config: RegistryConfig, database: Database, log: Log, ...[metrics, health]: [Metrics, Health]) => {
    const production = isProduction();
    const consent = config.unarchivedConsent;
    const watched = { folders: config.watchedFolders, wantsArchive: production && consent !== UNARCHIVED_CONSENT };
    return new ConditionWatch({
      look: async () => runningChecks(await readServerFacts(database), watched),
      refuse: async () => assertArchived(await readServerFacts(database), { production, consent }),
      production,
      log,
      metrics,
      health,
    });
  },
};
