// A synthetic kelurahan and its five agencies fill one registry: npm run demo -- [--persons N] [--days N] [--exit] [--json]
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Database } from '@simpul/database';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { stateHash } from '../../apps/registry/src/record/state-hash.store.js';
import { install, type Installation, type Part, PARTS } from '../installation/installation.js';
import { writeClientFile } from '../source/client-file.js';
import { AGENCIES, OPERATOR, SOURCES } from './plan/agencies.js';
import { calendar } from './plan/calendar.js';
import { withMischief } from './plan/mischief.js';
import type { Push } from './plan/push.js';
import { stockPushes } from './plan/stock.js';
import { makePopulation, type Population } from './population/population.js';
import { AgencyClient } from './run/agency-client.js';
import { reckon } from './run/reckoning.js';
import { Sending } from './run/sending.js';

interface Flags {
  persons: number;
  days: number;
  speed: number;
  seed: number;
  kill?: Part;
  exit?: true;
  json?: true;
}

interface Balance {
  balanced: boolean;
  partitions: { balanced: boolean; firstOffset: string; nextOffset: string }[];
  totals: Record<string, Record<string, string>>;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0 / angka di atas 0');
  return value;
};

const flags = new Command('demo')
  .description('Five agencies of a synthetic Tanjung Barat fill one registry / Lima instansi mengisi satu registri')
  .option('--persons <n>', 'residents / penduduk', positive, 10_000)
  .option('--days <n>', 'days of service / hari layanan', positive, 30)
  .option('--speed <n>', 'days per second at most / hari per detik paling cepat', positive, 1_000)
  .option('--seed <n>', 'start number / angka awal', positive, 1)
  .addOption(new Option('--kill <part>', 'kill -9 in mid-run / matikan paksa di tengah jalan').choices(PARTS))
  .option('--exit', 'end after the days, with 0 only if everything adds up / berhenti setelah selesai')
  .option('--json', 'last line is one JSON object / baris terakhir satu objek JSON')
  .parse()
  .opts<Flags>();

const started = performance.now();
const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
const say = (line: string): void => console.log(`${seconds().toFixed(1).padStart(6)} s  ${line}`);

const nameOf = (source: string): string => AGENCIES.find((agency) => agency.source === source)?.name ?? source;

/** So that `npm run token` works for each of them while the demonstration runs. */
function writeClientFiles({ keys }: Installation): void {
  for (const { name, scopes } of SOURCES) {
    const key = keys.get(name);
    if (key) writeClientFile(key, scopes);
  }
}

/** Clients of all agencies, and one that reads the balance. */
function clientsOf({ url, keys }: Installation): { agencies: Map<string, AgencyClient>; operator: AgencyClient } {
  const clientOf = (source: string, scope: string): AgencyClient => {
    const key = keys.get(source);
    if (!key) throw new RangeError(`no key of ${source}`);
    return new AgencyClient(url, key, scope);
  };
  const agencies = AGENCIES.map(
    ({ source, sector }) => [source, clientOf(source, `push:${sector} events:own`)] as const,
  );
  return { agencies: new Map(agencies), operator: clientOf(OPERATOR, 'operations') };
}

async function sendDay(sending: Sending, day: string, pushes: Push[]): Promise<number> {
  const plan = withMischief(flags.seed, day, pushes);
  const first = await sending.send(plan.first);
  // Other content under a used id is sent only once the first content is applied.
  await sending.judged(first);
  await sending.send(plan.second);
  return plan.first.length + plan.second.length;
}

async function sendAll(
  sending: Sending,
  population: Population,
  days: ReturnType<typeof calendar>,
  { kill }: Installation,
): Promise<void> {
  const stock = stockPushes(flags.seed, population);
  say(`Stock of ${population.residents.length} residents: ${stock.length} messages`);
  await sending.send(stock);
  for (let place = 0; place < flags.days; place++) {
    const { day, pushes } = days.next().value;
    const from = performance.now();
    const sent = sendDay(sending, day, pushes);
    if (flags.kill && place === Math.floor(flags.days / 2)) kill(flags.kill);
    say(`${day}: ${await sent} messages`);
    await pause(Math.max(0, 1000 / flags.speed - (performance.now() - from)));
  }
}

/** The state as one number: the same for every run of the same plan. */
async function hashOf(env: Record<string, string>): Promise<string> {
  const config = loadConfig(RegistryConfig, { ...process.env, ...env });
  const database = new Database({ url: config.databaseUrl, poolSize: 1, statementTimeoutMs: 600_000 });
  try {
    return (await stateHash(database, await loadRegistryKeys(config))).hash;
  } finally {
    await database.close();
  }
}

function tellWhatToOpen({ url }: Installation): void {
  console.log(`
Open ${url}/docs and ${url}/docs/start
Try  curl -s ${url}/registry/v1/balance -H "Authorization: Bearer $(ISSUER_URL=${url}/issuer npm run -s token -- ${OPERATOR})"
`);
}

/** The next days, one every 30 seconds, up to yesterday, until Ctrl-C. */
async function live(sending: Sending, days: ReturnType<typeof calendar>, stopped: AbortSignal): Promise<void> {
  for (;;) {
    const { day, pushes } = days.next().value;
    if (day >= new Date().toISOString().slice(0, 10)) return;
    await pause(30_000, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    const count = await sendDay(sending, day, pushes);
    say(`${day}: ${count} messages came in; Ctrl-C ends the demonstration`);
  }
}

const sumOf = (counts: Record<string, string>): number =>
  Object.values(counts).reduce((sum, count) => sum + Number(count), 0);

async function report(sending: Sending, operator: AgencyClient, env: Record<string, string>): Promise<boolean> {
  await sending.judged([...sending.accepted.values()]);
  const { verdicts, wrong } = reckon(sending.accepted.values());
  const balance = await operator.read<Balance>('/registry/v1/balance');
  const hash = await hashOf(env);
  console.table(verdicts);
  for (const line of [...wrong, ...sending.counts.surprises].slice(0, 20)) console.log(`NOT AS PLANNED  ${line}`);
  const log = Object.values(balance.totals).reduce((sum, counts) => sum + sumOf(counts), 0);
  say(
    `Balance ${balance.balanced ? 'holds' : 'DOES NOT HOLD'} in ${balance.partitions.length} partitions, ${log} messages`,
  );
  say(`State hash ${hash}`);
  const ok = balance.balanced && wrong.length === 0 && sending.counts.surprises.length === 0;
  if (flags.json) {
    const { surprises, ...counts } = sending.counts;
    console.log(
      JSON.stringify({ ok, counts, surprises, wrong, verdicts, balance, stateHash: hash, seconds: seconds() }),
    );
  }
  return ok;
}

async function main(): Promise<boolean> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const population = makePopulation({ seed: flags.seed, persons: flags.persons });
  const installation = await install({ name: 'demo', sources: SOURCES, seed: flags.seed, say });
  try {
    writeClientFiles(installation);
    const { agencies, operator } = clientsOf(installation);
    const totals = new Map<string, number>();
    let first = true;
    const sending = new Sending(agencies, (source, accepted) => {
      if (first) say('First event accepted');
      first = false;
      const total = (totals.get(source) ?? 0) + accepted;
      totals.set(source, total);
      if (Math.floor(total / 1_000) > Math.floor((total - accepted) / 1_000))
        say(`${nameOf(source)}: ${total} accepted`);
    });
    const days = calendar(flags.seed, population);
    await sendAll(sending, population, days, installation);
    const ok = await report(sending, operator, installation.env);
    if (flags.exit) return ok;
    tellWhatToOpen(installation);
    await live(sending, days, stop.signal);
    return ok;
  } finally {
    await installation.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
