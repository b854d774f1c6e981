// Dead letters and waiting messages: npm run dead-letters -- list | waiting | plan | replay | replays | watch | cancel | set-aside | take-up
import 'reflect-metadata';
import { Command } from 'commander';
import { explain, inBothLanguages } from '@simpul/contracts';
import { toOperatorDeadLetter } from '../../apps/registry/src/dead-letter/dead-letter.answer.js';
import type { DeadLetterPage } from '../../apps/registry/src/dead-letter/dead-letter.store.js';
import { ASIDE_REASONS, SetAside } from '../../apps/registry/src/dead-letter/set-aside.js';
import type { AsideResult } from '../../apps/registry/src/dead-letter/set-aside.store.js';
import { DEAD_LETTER_STATES } from '../../apps/registry/src/ingest/dead-letter.entity.js';
import { isNumber } from '../../apps/registry/src/paging/number-of.js';
import type { LetterFilter } from '../../apps/registry/src/replay/letter-filter.js';
import { tellFailure } from '../tell-failure.js';
import { readFilter, whole, withFilter, withPlace } from './filter-options.js';
import { follow, wordsOf } from './follow.js';
import { withStores } from './stores.js';

/** How the tool stands in the rows that it writes. */
const ASKED_BY = 'npm-run-dead-letters';

const NOTE_FORM =
  'A note is one line of at most 200 characters without six digits close together / ' +
  'Catatan adalah satu baris, paling banyak 200 karakter, tanpa enam angka berdekatan';

type ListOptions = Omit<DeadLetterPage, 'before' | 'limit'> & { state: string; limit: number };

async function list({ source, code, kind, topic, partition, state: named, limit }: ListOptions): Promise<void> {
  const state = DEAD_LETTER_STATES.find((one) => one === named);
  if (!state) throw new Error(`States are / Keadaan yang ada: ${DEAD_LETTER_STATES.join(', ')}`);
  const filter = readFilter({ source, code, kind, topic, partition });
  await withStores(async ({ letters }) => {
    const rows = await letters.list({ ...filter, state, limit });
    const superseding = await letters.findSuperseding(rows);
    for (const row of rows) tellLetter(toOperatorDeadLetter(row, superseding));
    if (rows.length === 0) console.log('None / Tidak ada');
  });
}

function tellLetter({
  number,
  source,
  topic,
  partition,
  offset,
  lacks,
  letter,
}: ReturnType<typeof toOperatorDeadLetter>) {
  const { id, code, firstSeen, supersededBy, setAside: words } = letter;
  console.log(`${number}  ${firstSeen}  ${code}  ${source}  ${id ?? '-'}  ${topic}/${partition}@${offset}`);
  if (lacks !== undefined) console.log(`  waits for / menunggu: ${lacks}`);
  if (supersededBy !== undefined) console.log(`  superseded by / digantikan: ${supersededBy}`);
  if (words) console.log(`  set aside / dikesampingkan: ${words.reason}: ${words.note}`);
}

async function waiting(): Promise<void> {
  await withStores(async ({ counts }) => {
    const lacking = [...(await counts.countWaiting())];
    for (const [lacks, count] of lacking) console.log(`${count}  ${lacks}`);
    if (lacking.length === 0) console.log('Nothing waits / Tidak ada yang menunggu');
  });
}

async function replay(options: LetterFilter & { go?: true }): Promise<void> {
  const filter = readFilter(options);
  await withStores(async ({ replays }) => {
    const { tried, conflicts, more, byCode, bySource } = await replays.plan(filter);
    console.log(
      `${tried} to be tried, ${conflicts} in conflict stay / ${tried} dicoba, ${conflicts} bertentangan tetap`,
    );
    console.log(`  by code / per kode: ${wordsOf(byCode)}\n  by source / per sumber: ${wordsOf(bySource)}`);
    if (more)
      console.log('  more than one replay takes: run it again after / lebih dari sekali jalan: ulangi sesudahnya');
    if (!options.go) return console.log('Nothing was done: --go does it / Belum dilakukan: --go menjalankannya');
    await follow(replays, await replays.create(filter, ASKED_BY));
  });
}

async function listReplays(): Promise<void> {
  await withStores(async ({ replays }) => {
    for (const { id, state, done, total, createdAt, askedBy, filter } of await replays.list(undefined, 50))
      console.log(
        `${id}  ${state}  ${done}/${total}  ${createdAt.toISOString()}  ${askedBy}  ${JSON.stringify(filter)}`,
      );
  });
}

async function cancel(number: string): Promise<void> {
  await withStores(async ({ replays }) => {
    const was = await replays.cancel(readNumber(number));
    if (was !== 'running')
      throw new Error(`Replay ${number} is ${was ?? 'not there'} / Putar ulang ${number}: ${was ?? 'tidak ada'}`);
    console.log(`Replay ${number} is cancelled; what was tried stays / Dibatalkan; yang sudah dicoba tetap`);
  });
}

async function setAside(numbers: string[], words: { reason: string; note: string }): Promise<void> {
  const [fault] = explain(SetAside, { reason: words.reason, note: words.note });
  if (fault?.pointer === '/note') throw new Error(NOTE_FORM);
  if (fault) throw new Error(`${fault.pointer.replace('/', '--')} ${inBothLanguages(fault.detail)}`);
  await changeEach(numbers, 'set aside / dikesampingkan', (number, { aside }) =>
    aside.setAside(number, { ...words, by: ASKED_BY }),
  );
}

const takeUp = (numbers: string[]): Promise<void> =>
  changeEach(numbers, 'dead again / kembali menjadi surat mati', (number, { aside }) => aside.takeUp(number));

type Stores = Parameters<Parameters<typeof withStores>[0]>[0];

async function changeEach(
  numbers: string[],
  done: string,
  change: (number: string, stores: Stores) => Promise<AsideResult>,
): Promise<void> {
  await withStores(async (stores) => {
    for (const number of numbers.map(readNumber)) {
      const result = await change(number, stores);
      console.log(
        `${number}  ${{ done, absent: 'is not there / tidak ada', state: 'is in another state / keadaannya lain' }[result]}`,
      );
      if (result !== 'done') process.exitCode = 1;
    }
  });
}

function readNumber(text: string): string {
  if (!isNumber(text)) throw new Error(`${text} is no number / bukan nomor`);
  return text;
}

const program = new Command('dead-letters').description('Refused and waiting messages / Pesan ditolak dan tertahan');
const command = (usage: string, en: string, id: string): Command => program.command(usage).description(`${en} / ${id}`);

withPlace(command('list', 'List letters, newest first', 'Tampilkan surat, terbaru dulu'))
  .option('--state <state>', DEAD_LETTER_STATES.join(', '), 'dead')
  .option('--limit <n>', 'at most / paling banyak', whole, 50)
  .action(list);
command('waiting', 'How many wait for what', 'Berapa yang menunggu apa').action(waiting);
withFilter(command('plan', 'Say what a replay would try', 'Sebutkan yang akan dicoba')).action(replay);
withFilter(command('replay', 'Try dead letters again', 'Coba lagi surat mati'))
  .option('--go', 'do it; without it only the plan is told / jalankan; tanpa ini hanya rencana')
  .action(replay);
command('replays', 'List replays', 'Tampilkan putar ulang').action(listReplays);
command('watch <number>', 'Follow a replay to its end', 'Ikuti sampai selesai').action((number: string) =>
  withStores(({ replays }) => follow(replays, number)),
);
command('cancel <number>', 'Stop a replay', 'Hentikan putar ulang').action(cancel);
command('set-aside <numbers...>', 'Nothing will be done about these', 'Tidak akan ditindaklanjuti')
  .requiredOption('--reason <code>', Object.keys(ASIDE_REASONS).join(', '))
  .requiredOption('--note <words>', 'without anything about a person / tanpa apa pun tentang orang')
  .action(setAside);
command('take-up <numbers...>', 'Make them dead letters again', 'Jadikan surat mati lagi').action(takeUp);

try {
  await program.parseAsync();
} catch (error) {
  tellFailure(error);
}
