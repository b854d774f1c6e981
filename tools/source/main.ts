// Registers sources: npm run source -- add <source> --sector health … | rotate <source> | sectors <source> <sectors> |
// suspend <source> | resume <source> | list
import { Command } from 'commander';
import { AccessData, type ClientKey, PurposeStore, SCOPES, SourceStore } from '@simpul/access';
import { isSector, isSourceName, type Sector, SECTORS } from '@simpul/contracts';
import { writeClientFile } from './client-file.js';

interface Chosen {
  sector: string[];
  scopes?: string[];
  purposes: string[];
}

async function withData<T>(work: (data: AccessData) => Promise<T>): Promise<T> {
  const url = process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
  if (!url) {
    throw new Error(
      'No database: start one with "npm run local -- up" or set DATABASE_URL / ' +
        'Tidak ada basis data: jalankan "npm run local -- up" atau isi DATABASE_URL',
    );
  }
  const data = new AccessData(url);
  try {
    return await work(data);
  } finally {
    await data.close();
  }
}

const wrong = (en: string, id: string, known: readonly string[]): Error =>
  new Error(`${en} / ${id}: ${known.join(', ')}`);

function sectorsOf(names: string[]): Sector[] {
  if (!names.every(isSector)) throw wrong('Sectors are', 'Sektor yang ada', SECTORS);
  return names.filter(isSector);
}

function scopesOf(chosen: Chosen): string[] {
  const scopes = chosen.scopes ?? [...chosen.sector.map((sector) => `push:${sector}`), 'events:own'];
  if (!scopes.every((scope) => SCOPES.includes(scope))) throw wrong('Scopes are', 'Cakupan yang ada', SCOPES);
  return scopes;
}

async function add(name: string, chosen: Chosen): Promise<void> {
  if (!isSourceName(name))
    throw new Error(
      `A name has lower-case letters and digits, with single hyphens in between / Nama terdiri atas huruf kecil dan angka, dengan satu tanda hubung di antaranya`,
    );
  const source = { name, sectors: sectorsOf(chosen.sector), scopes: scopesOf(chosen), purposes: chosen.purposes };
  const key = await withData(async (data) => {
    const known = (await new PurposeStore(data).listPurposes()).map(({ code }) => code);
    if (!source.purposes.every((code) => known.includes(code))) throw wrong('Purposes are', 'Tujuan yang ada', known);
    const sources = new SourceStore(data);
    if (await sources.findSource(name))
      throw new Error(
        `The source ${name} is there already; "rotate" gives it a new key / Sumber ${name} sudah ada; "rotate" memberinya kunci baru`,
      );
    return sources.add(source);
  });
  tellKey(key, source.scopes);
}

async function rotate(name: string): Promise<void> {
  await withData(async (data) => {
    const sources = new SourceStore(data);
    const client = await sources.findClient(name);
    if (!client) throw new Error(`There is no active source ${name} / Tidak ada sumber aktif ${name}`);
    tellKey(await sources.rotate(name), client.scopes);
  });
  console.log(
    'The key before stays valid until the next rotation / Kunci sebelumnya tetap berlaku sampai rotasi berikutnya',
  );
}

async function correctSectors(name: string, names: string): Promise<void> {
  const sectors = sectorsOf(names.split(','));
  await onSource(name, (sources) => sources.setSectors(name, sectors));
  console.log(
    `${name}: ${sectors.join(', ')}. Tokens that it has keep their scopes for five minutes at most / Token yang sudah ada tetap berlaku paling lama lima menit`,
  );
}

async function suspend(name: string): Promise<void> {
  await onSource(name, (sources) => sources.setActive(name, false));
  console.log(
    `${name} gets no more tokens; those that it has end within five minutes. What was accepted from it is applied / tidak mendapat token lagi; token yang ada berakhir dalam lima menit. Yang sudah diterima darinya tetap diterapkan`,
  );
}

async function resume(name: string): Promise<void> {
  await onSource(name, (sources) => sources.setActive(name, true));
  console.log(`${name} gets tokens again / mendapat token kembali`);
}

async function onSource(name: string, work: (sources: SourceStore) => Promise<void>): Promise<void> {
  await withData(async (data) => {
    const sources = new SourceStore(data);
    if (!(await sources.findSource(name))) throw new Error(`There is no source ${name} / Tidak ada sumber ${name}`);
    await work(sources);
  });
}

function tellKey(key: ClientKey, scopes: string[]): void {
  const path = writeClientFile(key, scopes);
  console.log(
    `${key.clientId}: private key in ${path}, kept nowhere else / kunci privat ada di ${path}, tidak disimpan di tempat lain`,
  );
}

async function list(): Promise<void> {
  const sources = await withData((data) => new SourceStore(data).list());
  if (sources.length === 0) console.log('No sources yet / Belum ada sumber');
  for (const { name, sectors, active, clients } of sources) {
    console.log(`${name}${active ? '' : ' (inactive / nonaktif)'}  ${sectors.join(', ')}`);
    for (const { id, scopes, purposes, keys } of clients) {
      console.log(`  ${id}  ${scopes.join(' ')}  ${purposes.join(' ') || '-'}  keys / kunci: ${keys.length}`);
    }
  }
}

const program = new Command('source').description('Sources and their clients / Sumber dan kliennya');
program
  .command('add <source>')
  .description('Register a source and make its key / Daftarkan sumber dan buat kuncinya')
  .option('--sector <sectors...>', 'sectors that it sends events of / sektor peristiwa yang dikirim', [])
  .option('--scopes <scopes...>', 'default: push:<sector> events:own')
  .option('--purposes <purposes...>', 'purposes that it may state / tujuan yang boleh dinyatakan', [])
  .action(add);
program.command('rotate <source>').description('Give it a new key / Beri kunci baru').action(rotate);
program
  .command('sectors <source> <sectors>')
  .description('Correct its sectors, with commas / Perbaiki sektornya, dipisah koma')
  .action(correctSectors);
program.command('suspend <source>').description('Give it no more tokens / Hentikan token untuknya').action(suspend);
program.command('resume <source>').description('Give it tokens again / Beri token kembali').action(resume);
program.command('list').description('List all / Tampilkan semua').action(list);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
