import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  applyTopics,
  checkTopics,
  loadKafkaSecurity,
  SECTOR_TOPICS,
  type TopicFinding,
  type TopicOptions,
} from '@simpul/messaging';

const USAGE = `npm run topics -- apply|check [--partitions N] [--replication N]

apply  creates the event topics of all sectors, raises their partitions, sets their settings
check  compares them and changes nothing

Brokers: KAFKA_BROKERS (host:port,host:port), else those of a running "npm run local -- up". TOPIC_PREFIX is put before each name.
Defaults: 6 partitions, 1 copy. Ends with 0 when all is as it should be, 1 when something differs, 2 when it cannot be asked.`;

/** What the caller got wrong, in words for the terminal. */
class UsageError extends Error {}

function findBrokers(): string[] {
  const named = process.env['KAFKA_BROKERS'];
  if (named) return named.split(',');
  const file = join(process.cwd(), '.simpul', 'local.json');
  if (!existsSync(file))
    throw new UsageError('No brokers: set KAFKA_BROKERS, or start the servers with "npm run local -- up"');
  const { brokers } = JSON.parse(readFileSync(file, 'utf8')) as { brokers: string };
  return brokers.split(',');
}

function readCount(name: string, text: string | undefined): Record<string, number> {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError(`--${name} must be a whole number from 1 to 9999, not ${text}`);
  return { [name]: Number(text) };
}

function readOptions(args: string[]): { command: string; options: TopicOptions } {
  const { values, positionals } = parse(args);
  const [command = ''] = positionals;
  if (positionals.length !== 1 || !['apply', 'check'].includes(command)) throw new UsageError(USAGE);
  const counts = { ...readCount('partitions', values.partitions), ...readCount('replication', values.replication) };
  const at = { brokers: findBrokers(), security: loadKafkaSecurity(), topicPrefix: process.env['TOPIC_PREFIX'] ?? '' };
  return { command, options: { ...at, ...counts } };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { partitions: { type: 'string' }, replication: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(USAGE, { cause: error });
  }
}

function describe({ topic, setting, expected, actual }: TopicFinding): string {
  if (setting === 'topic') return `${topic}: does not exist; run "npm run topics -- apply"`;
  return `${topic}: ${setting} is ${actual ?? 'not set'}, should be ${expected}`;
}

async function main(): Promise<number> {
  const { command, options } = readOptions(process.argv.slice(2));
  const findings = command === 'apply' ? await applyTopics(options) : await checkTopics(options);
  for (const finding of findings) console.error(describe(finding));
  if (findings.length > 0) return 1;
  console.log(`${SECTOR_TOPICS.length} topics are as they should be`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? words : `The brokers cannot be asked: ${words}`);
  process.exitCode = 2;
}
