// How the log is read, and steered: npm run log -- [show] | pause | resume | move | adopt
import 'reflect-metadata';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { ProblemError, PROBLEMS } from '@simpul/contracts';
import { listLogEnds } from '@simpul/messaging';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { MessageJudge } from '../../apps/registry/src/ingest/message-judge.js';
import { RegisteredSourceStore } from '../../apps/registry/src/ingest/registered-source.store.js';
import { KnownCountStore } from '../../apps/registry/src/log/known-count.store.js';
import { type LogAccess, logAccessOf } from '../../apps/registry/src/log/log-access.js';
import { LogOrderStore, type LogPartitionRow } from '../../apps/registry/src/log/log-order.store.js';
import { type LogTarget, readTarget } from '../../apps/registry/src/log/log-place.js';
import { type AdoptPlan, LogSteering, type MovePlan } from '../../apps/registry/src/log/log-steering.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { tellFailure } from '../tell-failure.js';
import { withDatabase } from '../with-database.js';

interface Hands {
  access: LogAccess;
  orders: LogOrderStore;
  steering(): Promise<LogSteering>;
}

const BY = `npm run log (${userInfo().username})`;
const DRY = 'Nothing was changed; add --go to do it / Tidak ada yang diubah; tambahkan --go untuk melakukannya';

async function withHands(work: (hands: Hands) => Promise<void>): Promise<void> {
  const config = loadConfig(RegistryConfig);
  const access = logAccessOf(config);
  await withDatabase({ url: config.databaseUrl, poolSize: 2 }, async (database) => {
    const orders = new LogOrderStore(database);
    const steering = async (): Promise<LogSteering> => {
      const judge = new MessageJudge(await loadRegistryKeys(config), new RegisteredSourceStore(database));
      return new LogSteering({ orders, known: new KnownCountStore(database), judge, access });
    };
    await work({ access, orders, steering });
  });
}

/** `<topic>` or `<topic>/<partition>`. */
function targetOf(place: string): LogTarget {
  const [topic = '', partition] = place.split('/');
  return readTarget(topic, partition);
}

async function show(): Promise<void> {
  await withHands(async ({ access, orders }) => {
    const rows = await orders.list();
    const ends = await listLogEnds(access);
    if (rows.length === 0) console.log('Nothing was read yet / Belum ada yang dibaca');
    for (const row of rows) console.log(describe(row, ends.get(`${row.topic}/${row.partition}`)));
  });
}

function describe(row: LogPartitionRow, ends: { low: bigint; high: bigint } | undefined): string {
  const { topic, partition, generation, next, skipTo, halt } = row;
  const words = [`${topic}/${partition}`, `generation ${generation}`, `position ${next}`];
  if (ends) words.push(`log ${ends.low}–${ends.high}`, `lag ${ends.high > next ? ends.high - next : 0n}`);
  if (skipTo !== null) words.push(`skips to ${skipTo}`);
  if (halt) words.push(`HALTED ${halt.code}: ${halt.detail}`);
  if (row.pause) words.push(`PAUSED by ${row.pause.by}: ${row.pause.reason}`);
  return words.join('  ');
}

async function pause(place: string, { reason }: { reason: string }): Promise<void> {
  await withHands(async ({ orders }) => {
    await orders.pause(targetOf(place), reason, BY);
    console.log(`${place}: paused / dijeda`);
  });
}

async function resume(place: string): Promise<void> {
  await withHands(async ({ orders }) => {
    await orders.resume(targetOf(place));
    console.log(`${place}: resumed / dilanjutkan`);
  });
}

async function move(place: string, offset: string, { go }: { go?: true }): Promise<void> {
  if (!/^\d{1,18}$/u.test(offset)) throw new ProblemError('log.offset');
  await withHands(async ({ steering }) => {
    const hands = await steering();
    const plan = await hands.planMove(targetOf(place), BigInt(offset));
    console.log(toMoveWords(plan));
    if (go) await hands.move(plan, BY);
    console.log(go ? 'Done / Selesai' : DRY);
  });
}

function toMoveWords(plan: MovePlan): string {
  const from = `${plan.topic}/${plan.partition}: ${plan.from} → ${plan.to}`;
  if (plan.is === 'back')
    return `${from}: ${plan.repeated} are read again, as duplicates / dibaca ulang sebagai duplikat`;
  return `${from}: ${plan.skipped} are skipped, ${plan.unknown} of them become dead letters / dilewati, ${plan.unknown} menjadi surat mati`;
}

async function adopt(place: string | undefined, { go }: { go?: true }): Promise<void> {
  await withHands(async ({ steering }) => {
    const hands = await steering();
    const plans = await hands.planAdopt(place === undefined ? undefined : targetOf(place));
    if (plans.length === 0) return console.log('No partition is halted / Tidak ada partisi yang terhenti');
    for (const plan of plans) console.log(toAdoptWords(plan));
    if (go) await hands.adopt(plans, BY);
    console.log(go ? 'Done / Selesai' : DRY);
  });
}

function toAdoptWords({ topic, partition, generation, from, low, high, lost, why }: AdoptPlan): string {
  const words = `${topic}/${partition}: position ${from}, log ${low}–${high}, ${why}; generation ${generation + 1} begins at ${low}`;
  if (lost === undefined)
    return `${words}; what the old log held from ${from} on is not known / isi log lama mulai ${from} tidak diketahui`;
  return `${words}; ${lost} were never read and are gone / belum terbaca dan sudah hilang`;
}

const program = new Command('log').description('How the log is read, and steered / Pembacaan log dan kendalinya');
program.command('show', { isDefault: true }).description('All partitions / Semua partisi').action(show);
program
  .command('pause <topic[/partition]>')
  .description('Read no further / Jangan membaca lagi')
  .requiredOption('--reason <words>', 'why, without personal data / alasannya, tanpa data pribadi')
  .action(pause);
program
  .command('resume <topic[/partition]>')
  .description('Read on; takes halts away too / Lanjutkan; henti juga dicabut')
  .action(resume);
program
  .command('move <topic/partition> <offset>')
  .description('Move the position / Pindahkan posisi')
  .option('--go', 'do it / lakukan')
  .action(move);
program
  .command('adopt [topic[/partition]]')
  .description('Read halted partitions from where the log begins now / Baca partisi terhenti dari awal log sekarang')
  .option('--go', 'do it / lakukan')
  .action(adopt);

try {
  await program.parseAsync();
} catch (error) {
  tellFailure(error instanceof ProblemError ? inWords(error) : error);
}

function inWords({ code }: ProblemError): Error {
  const { explanation, fix } = PROBLEMS[code];
  return new Error(`${explanation.en} ${fix.en} / ${explanation.id} ${fix.id}`);
}
