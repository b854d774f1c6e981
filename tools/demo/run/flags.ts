import { Command, InvalidArgumentError } from 'commander';
import { daysUntil } from '../population/day.js';
import { PARTS } from '../../installation/installation.js';
import type { Kills } from '../plan/kill-moments.js';

export interface Flags {
  persons: number;
  days: number;
  /** Days per second at most, in the month. */
  speed: number;
  /** Seconds between the days after it. */
  pause: number;
  seed: number;
  kill?: Kills;
  exit?: true;
  json?: true;
}

const whole =
  (max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > max)
      throw new InvalidArgumentError(
        `It must be a whole number from 1 to ${max} / Harus angka bulat dari 1 sampai ${max}.`,
      );
    return value;
  };

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 86_400))
    throw new InvalidArgumentError('It must be a number above 0 / Harus angka di atas 0.');
  return value;
}

const TIMES_MAX = 100;

/** `hub` or `hub:10`; one after another they add up to what is to be killed how often. */
function kills(text: string, before: Kills = {}): Kills {
  const [name, times = '1', ...rest] = text.split(':');
  const part = PARTS.find((each) => each === name);
  if (!part || rest.length > 0)
    throw new InvalidArgumentError(
      `It must be one of ${PARTS.join(', ')}, as in hub or hub:10 / Harus salah satunya, seperti hub atau hub:10.`,
    );
  return { ...before, [part]: whole(TIMES_MAX)(times) };
}

/** More would need more serials from 9001 than one birth date has. */
const PERSONS_MAX = 200_000;
/** What still leaves room in a number that is exact. */
const SEED_MAX = 1_000_000_000;

/** Reads the command line. Throws commander's CommanderError when it is wrong or only asks for help; the words are out by then. */
export function readFlags(args: readonly string[], today: string): Flags {
  const daysMax = daysUntil(today);
  return new Command('demo')
    .description(
      'Five agencies of a synthetic Tanjung Barat fill one registry; Ctrl-C ends it at any time /\n' +
        'Lima instansi Tanjung Barat rekaan mengisi satu registri; Ctrl-C mengakhirinya kapan saja',
    )
    .option('--persons <n>', 'residents / penduduk', whole(PERSONS_MAX), 10_000)
    .option('--days <n>', 'days of service, from 1 January 2025 / hari layanan', whole(daysMax), 30)
    .option('--speed <n>', 'days per second at most / hari per detik paling cepat', positive, 1_000)
    .option('--pause <seconds>', 'between the days that follow / jeda antarhari sesudahnya', positive, 30)
    .option('--seed <n>', 'start number / angka awal', whole(SEED_MAX), 1)
    .option('--kill <part[:times]>', `kill -9 in mid-run / matikan paksa di tengah jalan: ${PARTS.join(', ')}`, kills)
    .option('--exit', 'end after the days, with 0 only if everything adds up / berhenti setelah selesai')
    .option('--json', 'the last line is one JSON object / baris terakhir satu objek JSON')
    .exitOverride()
    .parse(args, { from: 'user' })
    .opts<Flags>();
}
