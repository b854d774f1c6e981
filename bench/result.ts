import { percentile } from './percentile.js';
import type { Outcome, Workload } from './workload.js';

/** A workload's figure over all rounds against its target. */
export interface Result {
  name: string;
  figure: string;
  unit: Workload['unit'];
  /** The median of the rounds. */
  value: number | null;
  target: number;
  met: boolean;
  /** Why the target is not met. */
  reason: string | null;
  rounds: readonly Outcome[];
}

type Asked = Omit<Workload, 'run'>;

export function judge({ name, figure, unit, atMost }: Asked, rounds: readonly Outcome[]): Result {
  const values = rounds.flatMap(({ value }) => value ?? []);
  const value = values.length > 0 ? percentile(values, 0.5) : null;
  const reason = findReason(value, { unit, atMost }, rounds);
  return { name, figure, unit, value, target: atMost, met: reason === null, reason, rounds };
}

function findReason(
  value: number | null,
  { unit, atMost }: Pick<Asked, 'unit' | 'atMost'>,
  rounds: readonly Outcome[],
): string | null {
  const at = rounds.findIndex(({ fault }) => fault !== undefined);
  if (at >= 0) return `round ${at + 1}: ${rounds[at]?.fault}`;
  if (value === null) return 'nothing was measured';
  return value <= atMost ? null : `${value} ${unit} is above ${atMost} ${unit}`;
}

/** The results as lines to read. */
export function tableOf(results: readonly Result[]): string[] {
  const rows = results.map(({ name, figure, unit, value, target, reason }) => [
    name,
    value === null ? '-' : `${value} ${unit}`,
    `≤ ${target} ${unit}`,
    reason === null ? 'met' : 'NOT MET',
    reason === null ? figure : `${figure} (${reason})`,
  ]);
  const all = [['workload', 'value', 'target', '', 'figure'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
