// Partitions by month, as the owner (DATABASE_OWNER_URL): npm run months -- ensure | list | move <month> <tablespace> --go
import { Command } from 'commander';
import type pg from 'pg';
import {
  countMonthsAhead,
  ensureMonths,
  findMoveRefusal,
  listMonths,
  type MonthPart,
  moveMonth,
  withConnection,
} from '@simpul/database';
import type { MoveRefusal } from '@simpul/database';
import { tellFailure } from '../tell-failure.js';

const REFUSALS: Readonly<Record<MoveRefusal, string>> = {
  'no-month': 'There is no such month: see "npm run months -- list"',
  young: 'The month may still be written to: only months three months old and older move',
  'no-tablespace': 'There is no such tablespace: CREATE TABLESPACE … as the superuser of the server first',
};

async function ensure(client: pg.Client): Promise<void> {
  const made = await ensureMonths(client, new Date());
  const ahead = await countMonthsAhead(client, new Date());
  console.log(`${made.length > 0 ? `Made ${made.join(', ')}; ` : ''}${ahead} months are there from this one on`);
  if (ahead >= 2) return;
  console.error('The next month has rows in the default partition already, so it stays there');
  process.exitCode = 1;
}

async function list(client: pg.Client): Promise<void> {
  for (const part of await listMonths(client)) console.log(describe(part));
}

async function move(client: pg.Client, month: string, tablespace: string, go: boolean): Promise<void> {
  const refusal = await findMoveRefusal(client, month, tablespace, new Date());
  if (refusal) throw new Error(REFUSALS[refusal]);
  for (const part of await listMonths(client)) if (part.month === month) console.log(describe(part));
  if (!go) return console.log(`Would move to ${tablespace}; whoever reads or changes bodies waits meanwhile. Add --go`);
  await moveMonth(client, month, tablespace);
  console.log(`${month} is in ${tablespace}`);
}

const describe = ({ month, table, bytes, tablespace, isEmpty }: MonthPart): string =>
  `${month.padEnd(8)}  ${table.padEnd(13)}  ${String(Math.ceil(bytes / 1_048_576)).padStart(7)} MiB  ${tablespace}${isEmpty ? '  (empty)' : ''}`;

async function asOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = process.env['DATABASE_OWNER_URL'];
  if (!url) throw new Error('DATABASE_OWNER_URL is not set, and no "npm run local -- up" runs');
  await withConnection(url, work);
}

const program = new Command('months').description('Partitions by month, as the owner of the database');
program
  .command('ensure')
  .description(
    'make those of this month and the five after it; run it daily. Ends with 1 when the next month is missing',
  )
  .action(() => asOwner(ensure));
program
  .command('list')
  .description('show each with its size and tablespace')
  .action(() => asOwner(list));
program
  .command('move <month> <tablespace>')
  .description('move a month at rest to another tablespace; everything stays readable')
  .option('--go', 'without it, only say what would be done')
  .action((month: string, tablespace: string, { go = false }: { go?: boolean }) =>
    asOwner((client) => move(client, month, tablespace, go)),
  );

try {
  await program.parseAsync();
} catch (error) {
  tellFailure(error);
}
