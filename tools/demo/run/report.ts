import { SYSTEMS } from '@simpul/contracts';
import { AGENCIES } from '../plan/agencies.js';
import { type Balance, equationOf, type PartitionBalance, type Verdicts } from './reckoning.js';

const FIRST_COLUMN = 24;
const COLUMN = 11;

const row = (first: string, cells: readonly (string | number)[], width = COLUMN): string =>
  (first.padEnd(FIRST_COLUMN) + cells.map((cell) => String(cell).padStart(width)).join('')).trimEnd();

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const grouped = (number: number | bigint): string => number.toLocaleString('en');

/** What became of the accepted messages, one line per agency; at most 80 columns for the five usual verdicts. */
export function verdictTable(verdicts: Verdicts): string[] {
  const statuses = [...new Set(Object.values(verdicts).flatMap((counts) => Object.keys(counts)))];
  const sources = AGENCIES.map(({ source }) => source).filter((source) => verdicts[source]);
  const countsOf = (source: string): number[] => statuses.map((status) => verdicts[source]?.[status] ?? 0);
  return [
    row('Verdicts', statuses),
    ...sources.map((source) => row(source, countsOf(source).map(grouped))),
    row(
      'all',
      statuses.map((status) => grouped(total(sources.map((source) => verdicts[source]?.[status] ?? 0)))),
    ),
  ];
}

const PARTITION_COLUMN = 8;

function cellOf(partition: PartitionBalance | undefined): string {
  if (!partition) return '-';
  const { moved, counted } = equationOf(partition);
  return moved === counted ? grouped(moved) : `${moved}≠${counted}`;
}

/** How many messages of each partition have a verdict, one line per topic; `5≠4` where position and counters differ. */
export function balanceTable({ partitions }: Balance): string[] {
  const width = Math.max(0, ...partitions.map(({ partition }) => partition + 1));
  const numbers = Array.from({ length: width }, (_, number) => number);
  const rows = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([topic, own]) =>
    row(
      topic.replace(/^simpul\.|\.events\.v1$/gu, ''),
      numbers.map((number) => cellOf(own.find(({ partition }) => partition === number))),
      PARTITION_COLUMN,
    ),
  );
  return [row('Log, by partition', numbers, PARTITION_COLUMN), ...rows];
}

/** `61 applied, 3 duplicate`, of all agencies together. */
export function verdictWords(verdicts: Verdicts): string {
  const sums = new Map<string, number>();
  for (const counts of Object.values(verdicts))
    for (const [status, count] of Object.entries(counts)) sums.set(status, (sums.get(status) ?? 0) + count);
  return [...sums].map(([status, count]) => `${count} ${status}`).join(', ');
}

export interface Opening {
  url: string;
  registryUrl: string;
  log: string;
  /** NIK of an invented child that the puskesmas has measured, or of anybody. */
  nik: string;
  pauseSeconds: number;
}

const lookup = (url: string, nik: string, source: string, purpose: string): string => `\
TOKEN=$(npm run -s token -- ${source} --demo)
curl -s ${url}/registry/v1/persons/lookup \\
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -H 'Simpul-Purpose: ${purpose}' \\
  -d '{"identifier": {"system": "${SYSTEMS.nik}",
       "value": "${nik}"}}'`;

/** What to open and to copy while the demonstration runs. */
export const whatToOpen = ({ url, registryUrl, log, nik, pauseSeconds }: Opening): string => `
Open
  ${url}/docs         every API, to read and to try
  ${url}/docs/start   from nothing to a first push of your own

Copy into another terminal, in this folder. One invented child, as Dukcapil
sees it, and as the puskesmas does: each purpose shows its own fields.

${lookup(registryUrl, nik, 'dukcapil-jaksel', 'civil-verification')}

${lookup(registryUrl, nik, 'puskesmas-tanjung-barat', 'health-care')}

The balance of the log, as its operator sees it:

TOKEN=$(npm run -s token -- operator-hub --demo)
curl -s ${registryUrl}/registry/v1/balance \\
  -H "Authorization: Bearer $TOKEN"

One more day comes every ${pauseSeconds} s, up to yesterday. Ctrl-C ends everything.
What the hub says is in ${log}
`;
