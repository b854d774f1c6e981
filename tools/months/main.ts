import pg from 'pg';
import {
  countMonthsAhead,
  ensureMonths,
  findMoveRefusal,
  listMonths,
  type MonthPart,
  moveMonth,
} from '@simpul/database';
import type { MoveRefusal } from '@simpul/database';
import { tellFailure } from '../tell-failure.js';

const USAGE = `npm run months -- ensure [months] | list | move <month> <tablespace> [--go]

ensure  makes the partitions of this month and the next ones (default 6 in all); run it daily, it does nothing when they are there
list    shows each month with its size and tablespace
move    moves a month that is at rest to another tablespace; without --go it only says what it would do

As the owner: DATABASE_OWNER_URL, else that of a running "npm run local -- up". Ends with 0, 1 when a month is missing, 2 when it could not.`;

const REFUSALS: Readonly<Record<MoveRefusal, string>> = {
  'no-month': 'There is no such month: see "npm run months -- list"',
  young: 'The month may still be written to: only months three months old and older move',
  'no-tablespace': 'There is no such tablespace: CREATE TABLESPACE … as the superuser of the server first',
};

async function ensure(client: pg.Client, text: string | undefined): Promise<void> {
  if (text !== undefined && !/^[1-9]\d?$/u.test(text)) throw new Error(USAGE);
  const made = await ensureMonths(client, new Date(), text === undefined ? undefined : Number(text));
  const ahead = await countMonthsAhead(client, new Date());
  console.log(`${made.length > 0 ? `Made ${made.join(', ')}; ` : ''}${ahead} months are there from this one on`);
  if (ahead < 2) {
    console.error('The next month has rows in the default partition already, so it stays there');
    process.exitCode = 1;
  }
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

async function main(args: string[]): Promise<void> {
  const go = args.includes('--go');
  const [command = '', first, second, ...rest] = args.filter((arg) => arg !== '--go');
  const connectionString = process.env['DATABASE_OWNER_URL'];
  if (!['ensure', 'list', 'move'].includes(command) || rest.length > 0) throw new Error(USAGE);
  if (!connectionString) throw new Error('DATABASE_OWNER_URL is not set, and no "npm run local -- up" runs');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    if (command === 'ensure' && second === undefined) return await ensure(client, first);
    if (command === 'list' && first === undefined) return await list(client);
    if (command !== 'move' || first === undefined || second === undefined) throw new Error(USAGE);
    return await move(client, first, second, go);
  } finally {
    await client.end();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  tellFailure(error);
}
