import 'reflect-metadata';
import { BOUNDED, type BoundedName, RetentionStore } from '@simpul/database';
import { loadConfig } from '@simpul/process';
import { tellFailure } from '../tell-failure.js';
import { withDatabase } from '../with-database.js';
import { RetentionConfig } from './config.js';

const USAGE = `npm run retention -- plan | apply [--go]

plan   says how many rows are older than they are kept
apply  with --go takes them away in small steps; without it, it is a plan

As the owner: DATABASE_OWNER_URL, else that of a running "npm run local -- up". Days: docs/reference/retention.md.`;

const STEP_LIMIT_MS = 600_000;

async function main([command = '', ...flags]: string[]): Promise<void> {
  const url = process.env['DATABASE_OWNER_URL'];
  const isKnown = command === 'plan' ? flags.length === 0 : command === 'apply' && flags.every((f) => f === '--go');
  if (!isKnown) throw new Error(USAGE);
  if (!url) throw new Error('DATABASE_OWNER_URL is not set, and no "npm run local -- up" runs');
  const days = loadConfig(RetentionConfig);
  await withDatabase({ url, poolSize: 1, statementTimeoutMs: STEP_LIMIT_MS }, (owner) =>
    keep(new RetentionStore(owner), days, flags.includes('--go')),
  );
}

async function keep(store: RetentionStore, days: RetentionConfig, go: boolean): Promise<void> {
  for (const name of Object.keys(BOUNDED) as BoundedName[]) {
    const count = await (go ? store.apply(name, days[name]) : store.count(name, days[name]));
    console.log(`${BOUNDED[name].table}: ${count} older than ${days[name]} days ${go ? 'are gone' : 'would go'}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  tellFailure(error);
}
