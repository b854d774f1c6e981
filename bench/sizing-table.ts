import { table } from '../tools/docs/page.js';
import type { Result } from './result.js';
import { ASSUMED, type Costs, PLACES, type Size, sizeOf } from './sizing.js';

/** Where each cost stands among the details: workload and name. */
const SOURCES: Readonly<Record<Exclude<keyof Costs, 'personBytes'>, readonly [string, string]>> = {
  adapter: ['path', 'adapter µs/event'],
  registry: ['path', 'registry 1 µs/event'],
  postgres: ['path', 'PostgreSQL µs/event'],
  kafka: ['path', 'Kafka µs/event'],
  lookUp: ['look-up', 'process µs/look-up'],
  lookUpPostgres: ['look-up', 'PostgreSQL µs/look-up'],
  tableBytes: ['write-path', 'tables with indexes B/event'],
  walBytes: ['write-path', 'one: WAL B/event'],
  messageBytes: ['growth', 'sealed message, B'],
};

/** What a run measured; or the names of what it did not. */
export function costsOf(results: readonly Result[]): { costs: Costs } | { missing: string[] } {
  const find = (workload: string, name: string): number =>
    results.find((result) => result.name === workload)?.details[name] ?? Number.NaN;
  const costs = Object.fromEntries(
    Object.entries(SOURCES).map(([cost, [workload, name]]) => [cost, find(workload, name)]),
  ) as Omit<Costs, 'personBytes'>;
  const persons = find('growth', 'persons in the large tables');
  const all = { ...costs, personBytes: (find('growth', 'large tables GB') * 1e9) / persons };
  const missing = Object.entries(all).flatMap(([name, value]) => (Number.isFinite(value) ? [] : [name]));
  return missing.length > 0 ? { missing } : { costs: all };
}

const digits = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

function bytes(value: number): string {
  const power = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3)));
  return `${digits(value / 1_000 ** power)} ${UNITS[power]}`;
}

const ROWS: readonly [string, keyof Size, (value: number) => string][] = [
  ['residents', 'residents', digits],
  ['events a year', 'eventsPerYear', digits],
  ['events a second, on average', 'events', digits],
  ['events a second, busiest hour', 'peakEvents', digits],
  ['look-ups a second, busiest hour', 'peakLookUps', digits],
  ['cores for adapters', 'adapterCores', digits],
  ['cores for registries', 'registryCores', digits],
  ['cores for PostgreSQL', 'postgresCores', digits],
  ['cores for Kafka, each copy', 'kafkaCores', digits],
  ['database, and the same at its standby', 'database', bytes],
  ['records that the memory should hold', 'hotRecords', bytes],
  ['write-ahead log a day', 'walPerDay', bytes],
  ['Kafka disks, all copies', 'kafkaDisk', bytes],
  ['backups', 'backups', bytes],
];

/** What an installation needs, by its residents, from what this run has measured and what is assumed. */
export function sizingSection(results: readonly Result[]): string[] {
  const read = costsOf(results);
  if ('missing' in read) return ['## Sizing', `Not computed: this run did not measure ${read.missing.join(', ')}.`];
  const sizes = PLACES.map((place) => sizeOf(place, read.costs, ASSUMED));
  const rows = ROWS.map(([says, key, tell]) => [says, ...sizes.map((size) => tell(size[key]))]);
  const used = Object.entries(read.costs).map(([name, value]) => `${name} ${digits(value)}`);
  const assumed = Object.entries(ASSUMED).map(([name, value]) => `${name} ${value}`);
  return [
    '## Sizing',
    'How to read it and to do it with other numbers: [size an installation](how-to/size-an-installation.md).',
    table(['', ...PLACES.map(({ name }) => name)], rows),
    `Measured, µs and bytes: ${used.join(', ')}.`,
    `Assumed: ${assumed.join(', ')}.`,
  ];
}
