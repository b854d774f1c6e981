// Folds all records anew from the ledger and compares: npm run rebuild [-- --go] | list | cancel <number>
import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import type { Database } from '@simpul/database';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { applyContextOf } from '../../apps/registry/src/ingest/apply-context.js';
import { isNumber } from '../../apps/registry/src/paging/number-of.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import type { RebuildRow } from '../../apps/registry/src/rebuild/rebuild.entity.js';
import { RebuildStore } from '../../apps/registry/src/rebuild/rebuild.store.js';
import { type Ending, Rebuilder } from '../../apps/registry/src/rebuild/rebuilder.store.js';
import { tellFailure } from '../tell-failure.js';
import { withDatabase } from '../with-database.js';

/** How the tool stands in the rows that it writes. */
const ASKED_BY = 'npm-run-rebuild';
const TELL_EVERY_MS = 1000;

interface Chosen {
  go?: true;
  chunk: number;
}

/** Needs the same settings and keys as the registry. */
async function withRegistry(work: (database: Database, config: RegistryConfig) => Promise<void>): Promise<void> {
  const config = loadConfig(RegistryConfig);
  await withDatabase({ url: config.databaseUrl, poolSize: 3, statementTimeoutMs: 600_000 }, (database) =>
    work(database, config),
  );
}

async function run({ go, chunk }: Chosen): Promise<void> {
  await withRegistry(async (database, config) => {
    const context = applyContextOf(config, await loadRegistryKeys(config), database);
    const rebuilder = new Rebuilder({ database, context, chunk });
    const ending = await rebuilder.alone(async () => {
      const job = await rebuilder.begin(ASKED_BY);
      if (job.done !== '0') console.log(`Goes on with rebuild ${job.id} / Melanjutkan penyusunan ulang ${job.id}`);
      await foldAll(rebuilder, job);
      await rebuilder.catchUp(job.id);
      return await rebuilder.finish(job.id, go === true);
    });
    if (!ending) throw new Error('Another process is at it / Proses lain sedang mengerjakannya');
    tellEnding(ending);
  });
}

async function foldAll(rebuilder: Rebuilder, job: RebuildRow): Promise<void> {
  const began = performance.now();
  let told = began;
  const tell = async (): Promise<void> => {
    const { done = '0', events = '0', total = '0' } = (await rebuilder.jobs.find(job.id)) ?? {};
    const perSecond = (Number(events) - Number(job.events)) / ((performance.now() - began) / 1000);
    console.log(`rebuild ${job.id}: ${done} / ${total} records, ${events} events, ${perSecond.toFixed(0)} events/s`);
  };
  do {
    if (performance.now() - told < TELL_EVERY_MS) continue;
    told = performance.now();
    await tell();
  } while (await rebuilder.foldNext(job.id));
  await tell();
}

function tellEnding({ row, stoppedMs }: Ending): void {
  const words = {
    identical: 'identical: all records are as the ledger says / semua rekaman sesuai buku',
    differs: 'differs: nothing was changed, --go puts it right / tidak ada yang diubah, --go membetulkannya',
    mended: 'mended: the feed has a new epoch / sudah dibetulkan, aliran perubahan mendapat zaman baru',
  };
  if (row.state === 'folding' || row.state === 'cancelled') throw new Error(`Rebuild ${row.id} is ${row.state}`);
  console.log(`rebuild ${row.id} ${words[row.state]}`);
  console.log(`  writers stopped / penulisan terhenti: ${stoppedMs.toFixed(0)} ms`);
  tellDifferences(row);
  if (row.state === 'differs') process.exitCode = 1;
}

function tellDifferences({ differing, attributes, sample }: RebuildRow): void {
  if (!Number(differing)) return;
  const counts = Object.entries(attributes ?? {}).map(([name, count]) => `${name} ${count}`);
  console.log(`  records that differ / rekaman yang berbeda: ${differing} (${counts.join(', ')})`);
  for (const one of sample ?? []) console.log(`  ${one.record}  ${one.attributes.join(', ')}`);
}

async function list(): Promise<void> {
  await withRegistry(async (database) => {
    const rows = await new RebuildStore(database).list(undefined, 50);
    for (const { id, state, done, total, differing, createdAt, askedBy } of rows)
      console.log(`${id}  ${state}  ${done}/${total}  ${differing ?? '-'}  ${createdAt.toISOString()}  ${askedBy}`);
    if (rows.length === 0) console.log('None / Tidak ada');
  });
}

async function cancel(number: string): Promise<void> {
  if (!isNumber(number)) throw new Error(`${number} is no number / bukan nomor`);
  await withRegistry(async (database) => {
    if (!(await new RebuildStore(database).cancel(number)))
      throw new Error(`Rebuild ${number} is not under way / Penyusunan ulang ${number} tidak sedang berjalan`);
    console.log(`Rebuild ${number} is cancelled; nothing was changed / Dibatalkan; tidak ada yang diubah`);
  });
}

function chunkOf(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/u.test(text)) throw new InvalidArgumentError('1 to 9999 / 1 sampai 9999');
  return Number(text);
}

const program = new Command('rebuild').description('All records anew from the ledger / Semua rekaman dari buku');
program
  .command('run', { isDefault: true })
  .description('Fold, compare, tell; ends with 1 where something differs / Susun, bandingkan, laporkan')
  .option('--go', 'put right what differs / betulkan yang berbeda')
  .option('--chunk <n>', 'records at a time / rekaman sekali jalan', chunkOf, 1000)
  .action(run);
program.command('list').description('List rebuilds / Tampilkan penyusunan ulang').action(list);
program.command('cancel <number>').description('Give one up / Batalkan').action(cancel);

try {
  await program.parseAsync();
} catch (error) {
  tellFailure(error);
}
