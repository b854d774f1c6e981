// The same messages once more, without any fault and in another order, into an empty registry: its state must be the same.
import { until } from '../../tools/local/guarded.mjs';
import { TOPICS } from './forms.js';
import type { Ledger, Letter } from './oracle/evidence.js';
import { readLedger } from './oracle/ledger.js';
import { openMessage } from './oracle/seal.js';
import { lagOf, type LogMessage, patienceFor, readEnds, readTopics, writeLog } from './oracle/topic.js';
import { Random } from './random.js';
import { findPositions, makeDatabase, runTool, type Stack, withClient } from './stack.js';
import type { Ground, Outcome } from './trial.js';

const NAME = 'I6 state of an undisturbed run of the same messages';
const PREFIX = 'again.';
const DATABASE = 'simpul_again';

/** Once per stack, when all trials are over. */
export async function compareWithUndisturbed(ground: Ground, seed: number): Promise<Outcome> {
  const from = performance.now();
  const compared = await compare(ground, seed).catch((error: unknown) => ({
    count: 0,
    what: `cannot compare: ${error instanceof Error ? error.message : String(error)}`,
  }));
  const outcome: Outcome = {
    fault: NAME,
    seed,
    seconds: (performance.now() - from) / 1_000,
    acknowledged: compared.count,
    recoveredMs: undefined,
    misses: compared.what === undefined ? [] : [{ invariant: 'I6', what: compared.what }],
  };
  ground.say(`${NAME}: ${compared.what ?? `holds; ${compared.count} messages`}`);
  return outcome;
}

/** What is wrong, if anything. */
async function compare(ground: Ground, seed: number): Promise<{ count: number; what?: string }> {
  const { stack } = ground;
  const ledger = await readLedger(stack.databaseUrl, stack.keys);
  const log = await readTopics(stack.brokerUrls, await readEnds(stack.brokerUrls, TOPICS));
  const again = urlOf(stack.databaseUrl, DATABASE);
  await makeDatabase(stack.builds.plain, again);
  await copySources(stack.databaseUrl, again);
  await writeAgain(stack, await inOtherOrder(log, ledger, stack, new Random(`${seed} undisturbed`)));
  await readAgain(stack, again);
  const [disturbed, undisturbed] = [await hashOf(stack, stack.databaseUrl), await hashOf(stack, again)];
  const isSame = disturbed === undisturbed;
  return {
    count: log.length,
    ...(!isSame && { what: `the state is ${disturbed}, that of the undisturbed run ${undisturbed}` }),
  };
}

function urlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Who is registered when all is over was so for every message that counts. */
async function copySources(from: string, to: string): Promise<void> {
  const { rows } = await withClient(from, (client) =>
    client.query<{ name: string; sectors: string[] }>('SELECT name, sectors FROM access.source'),
  );
  await withClient(to, async (client) => {
    for (const { name, sectors } of rows)
      await client.query('INSERT INTO access.source (name, sectors) VALUES ($1, $2)', [name, sectors]);
  });
}

/**
 * Shuffled. Of two contents under one id the first that is read stays, and that is the one thing which the order
 * decides: so the messages that stayed come before those that contradict them.
 */
async function inOtherOrder(
  log: readonly LogMessage[],
  { letters, revisions }: Ledger,
  { keys }: Stack,
  random: Random,
): Promise<LogMessage[]> {
  const contradicted = new Set(letters.filter(isConflict).map(({ source, id }) => `${source} ${id}`));
  const kept = new Set(
    revisions.map((row) => `${row.source} ${row.kind}/${row.reference}/${row.revision} ${row.digest}`),
  );
  const [first, rest]: [LogMessage[], LogMessage[]] = [[], []];
  for (const message of log) {
    const named = nameOf(message);
    const isContradicted = named !== undefined && contradicted.has(`${named.source} ${named.id}`);
    const opened = isContradicted ? await openMessage(message.message.value, keys.registry) : undefined;
    (opened && kept.has(`${opened.source} ${opened.id} ${opened.digest}`) ? first : rest).push(message);
  }
  return [...random.shuffled(first), ...random.shuffled(rest)];
}

const isConflict = ({ code }: Letter): boolean => code === 'event.conflict';

function nameOf({ message: { value } }: LogMessage): { source: string; id: string } | undefined {
  const text = value?.toString() ?? '';
  const source = /"source":"urn:simpul:source:([^"]+)"/u.exec(text)?.[1];
  const id = /"id":"([^"]+)"/u.exec(text)?.[1];
  return source === undefined || id === undefined ? undefined : { source, id };
}

/** One partition each, so that the order is the same for all of a source. */
async function writeAgain({ brokerUrls, builds }: Stack, log: readonly LogMessage[]): Promise<void> {
  await runTool(builds.plain, ['topics', 'apply', '--partitions', '1'], {
    KAFKA_BROKERS: brokerUrls.join(','),
    TOPIC_PREFIX: PREFIX,
  });
  await writeLog(
    brokerUrls,
    log.map(({ topic, message }) => ({ topic: PREFIX + topic, message })),
  );
}

/** Another registry, for that database and those topics alone. */
async function readAgain({ spare, brokerUrls, settings }: Stack, databaseUrl: string): Promise<void> {
  const app = new URL(settings['DATABASE_URL'] ?? '');
  app.pathname = `/${DATABASE}`;
  spare.variants.push({ env: { DATABASE_URL: app.href, TOPIC_PREFIX: PREFIX, GROUP_ID: 'chaos-again' } });
  await spare.start();
  const ends = await readEnds(
    brokerUrls,
    TOPICS.map((topic) => PREFIX + topic),
  );
  const wanted = new Map([...ends].map(([place, end]) => [place.slice(PREFIX.length), end]));
  const isRead = async () => lagOf(wanted, await findPositions(databaseUrl)) === 0 || undefined;
  await until(isRead, { withinMs: patienceFor(ends), what: 'the messages are read again' });
  await spare.stop();
}

const hashOf = ({ settings, builds }: Stack, url: string): Promise<string> =>
  runTool(builds.plain, ['state-hash'], { ...settings, DATABASE_URL: url });
