import { type Command, InvalidArgumentError } from 'commander';
import { ProblemError } from '@simpul/contracts';
import type { LetterFilter } from '../../apps/registry/src/replay/letter-filter.js';
import { readReplayQuestion } from '../../apps/registry/src/replay/replay.question.js';

/** A whole number of an option. */
export function whole(text: string): number {
  if (!/^[0-9]{1,9}$/u.test(text)) throw new InvalidArgumentError('a whole number / bilangan bulat');
  return Number(text);
}

/** Adds the options that a listing and a replay have in common. */
export function withPlace(command: Command): Command {
  return command
    .option('--source <source>', 'of this source / dari sumber ini')
    .option('--code <code>', 'with this reason, as event.schema / dengan alasan ini')
    .option('--kind <kind>', 'of this kind, as growth-measurement / dari jenis ini')
    .option('--topic <topic>', 'on this topic / di topik ini')
    .option('--partition <n>', 'on this partition / di partisi ini', whole);
}

/** Adds the options that say which letters are meant. */
export function withFilter(command: Command): Command {
  return withPlace(command)
    .option('--from <time>', 'on the log since, as 2026-11-24T00:00:00Z / di log sejak')
    .option('--before <time>', 'on the log before / di log sebelum')
    .option('--ids <numbers...>', 'these letters / surat-surat ini');
}

/** Checked as the API checks it. */
export function readFilter(options: LetterFilter): LetterFilter {
  const { source, code, kind, topic, partition, from, before, ids } = options;
  const filter = { source, code, kind, topic, partition, from, before, ids };
  try {
    return readReplayQuestion(Buffer.from(JSON.stringify({ filter }))).filter;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const names = error.errors?.map(({ pointer }) => pointer.replace('/filter/', '--')) ?? [];
    throw new Error(`Not in its proper form / Bentuknya tidak semestinya: ${names.join(', ')}`, { cause: error });
  }
}
