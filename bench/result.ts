import { percentile } from './percentile.js';
import type { Asked, Bound, Figure, Outcome } from './workload.js';

/** A figure over all rounds against its target. */
export interface Judged extends Omit<Figure, 'bound'> {
  workload: string;
  /** The median of the rounds. */
  value: number | null;
  bound: Bound;
  /** Null: this kind of run cannot know. */
  met: boolean | null;
  /** Why the target is not met, or not known. */
  reason: string | null;
}

export interface Result {
  name: string;
  figures: readonly Judged[];
  /** Medians of the rounds. */
  details: Readonly<Record<string, number>>;
  rounds: readonly Outcome[];
}

export const limitOf = (bound: Bound): number => ('atMost' in bound ? bound.atMost : bound.atLeast);

/** The bound as it is read: `≤ 400 ms`. */
export const tellBound = (bound: Bound, unit: Figure['unit']): string =>
  `${'atMost' in bound ? '≤' : '≥'} ${limitOf(bound)} ${unit}`;

/** Above 1 the target is met, and by so much. */
export const marginOf = (value: number, bound: Bound): number =>
  'atMost' in bound ? bound.atMost / value : value / bound.atLeast;

const isMet = (value: number, bound: Bound): boolean =>
  'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;

export function judge({ name, figures }: Asked, rounds: readonly Outcome[]): Result {
  return {
    name,
    figures: figures.map((figure) => judgeFigure(name, figure, rounds)),
    details: mediansOf(rounds.map(({ details }) => details)),
    rounds,
  };
}

function judgeFigure(workload: string, figure: Figure, rounds: readonly Outcome[]): Judged {
  const values = rounds.flatMap(({ values: measured }) => measured[figure.key] ?? []);
  const value = values.length > 0 ? percentile(values, 0.5) : null;
  return { workload, ...figure, value, ...verdictOf(value, figure, rounds) };
}

function verdictOf(
  value: number | null,
  { key, unit, bound }: Figure,
  rounds: readonly Outcome[],
): Pick<Judged, 'met' | 'reason'> {
  const [bad] = rounds.flatMap(({ fault, faults }, at) => {
    const word = fault ?? faults?.[key];
    return word === undefined ? [] : [`round ${at + 1}: ${word}`];
  });
  if (bad !== undefined) return { met: false, reason: bad };
  if (value !== null)
    return { met: isMet(value, bound), reason: findMiss(value, bound, unit) ?? firstWord(rounds, 'note') };
  const unknown = firstWord(rounds, 'unknown');
  return unknown === null ? { met: false, reason: 'nothing was measured' } : { met: null, reason: unknown };
}

const firstWord = (rounds: readonly Outcome[], of: 'note' | 'unknown'): string | null =>
  rounds.flatMap((round) => round[of] ?? [])[0] ?? null;

function findMiss(value: number, bound: Bound, unit: string): string | null {
  if (isMet(value, bound)) return null;
  return `${value} ${unit} is ${'atMost' in bound ? 'above' : 'below'} ${limitOf(bound)} ${unit}`;
}

function mediansOf(rounds: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = new Set(rounds.flatMap((details) => Object.keys(details)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      percentile(
        rounds.flatMap((details) => details[name] ?? []),
        0.5,
      ),
    ]),
  );
}

const VERDICTS = new Map<boolean | null, string>([
  [true, 'met'],
  [false, 'NOT MET'],
  [null, 'not known'],
]);

export const tellVerdict = (met: boolean | null): string => VERDICTS.get(met) ?? '';

/** The results as lines to read. */
export function tableOf(results: readonly Result[]): string[] {
  const rows = results.flatMap(({ figures }) => figures.map(rowOf));
  const all = [['', 'workload', 'value', 'target', '', 'figure'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

const rowOf = ({ target, workload, value, unit, bound, met, reason, says }: Judged): string[] => [
  target ?? '',
  workload,
  value === null ? '-' : `${value} ${unit}`,
  tellBound(bound, unit),
  tellVerdict(met),
  reason === null ? says : `${says} (${reason})`,
];
