import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { loadKafkaSecurity } from '@simpul/messaging';
import { isProduction, loadConfig, ProcessConfig } from '@simpul/process';
import type { Check } from '../../apps/registry/src/condition/check.js';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { tellFailure } from '../tell-failure.js';
import { examine } from './examine.js';

const USAGE = `npm run doctor [-- --json] [--partitions N] [--replication N]

Asks PostgreSQL (DATABASE_URL, as the processes), the brokers and the files for everything that a promise rests on. It changes nothing, but sends
the brokers a message without content (topic simpul.doctor.v1) to see their clock. Run it with the environment of a registry process.
DATABASE_OWNER_URL lets it find the disk of a database on this computer; WAL_ARCHIVE names the archive's.
Ends with 0 when nothing fails, 1 when something does, 2 when it cannot be asked.`;

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/u.test(text)) throw new Error(USAGE);
  return Number(text);
}

function readOptions() {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, partitions: { type: 'string' }, replication: { type: 'string' } },
  });
  const [partitions, replication] = [readCount(values.partitions), readCount(values.replication)];
  const topics = { ...(partitions && { partitions }), ...(replication && { replication }) };
  return { json: values.json === true, topics };
}

const word = (ok: boolean | undefined): string => (ok === undefined ? '?   ' : ok ? 'pass' : 'FAIL');

const toLines = ({ name, ok, found, todo }: Check): string =>
  `${word(ok)}  ${name}: ${found}${ok === true || todo === '' ? '' : `\n      ${todo}`}`;

async function main(): Promise<number> {
  const { json, topics } = readOptions();
  const { DATABASE_OWNER_URL: ownerUrl, WAL_ARCHIVE: archive, ISSUER_IN_PRODUCTION: consent } = process.env;
  const checks = await examine({
    config: loadConfig(RegistryConfig),
    security: loadKafkaSecurity(),
    issuerUrl: loadConfig(ProcessConfig).issuerUrl,
    issuerConsent: consent !== undefined && consent !== '',
    production: isProduction(),
    topics,
    ownerUrl,
    archive,
  });
  const failed = checks.filter(({ ok }) => ok === false).length;
  console.log(json ? JSON.stringify({ ok: failed === 0, checks }, null, 2) : checks.map(toLines).join('\n'));
  if (!json) console.log(`\n${checks.length} checks, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  tellFailure(error);
}
