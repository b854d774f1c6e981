import { writeFileSync } from 'node:fs';
import { table } from '../tools/docs/page.js';
import { breakdownOf } from './breakdown.js';
import { tellAll } from './details.js';
import { FINDINGS, type Findings } from './findings.js';
import type { Machine } from './machine.js';
import { promisesOf } from './promise.js';
import { type Judged, type Result, tellBound, tellVerdict } from './result.js';
import { sizingSection } from './sizing-table.js';
import { TARGETS } from './targets.js';

/** What a run was, beside what it measured. */
export interface RunFacts {
  machine: Machine;
  rounds: number;
  seconds: number;
}

export const REPORT = 'docs/performance.md';

export function writeReport(results: readonly Result[], facts: RunFacts): void {
  writeFileSync(REPORT, reportOf(results, facts));
}

/** The report: each figure from this run, but those of the findings, which say where they come from. */
export function reportOf(results: readonly Result[], { machine, rounds, seconds }: RunFacts): string {
  return [
    '<!-- Written by a full `npm run bench`; run it, do not edit this page. -->',
    '# Performance',
    `Medians of ${rounds} rounds on one computer that ran everything (client, product, peers, servers), in ${Math.round(seconds / 60)} minutes: ${tellAll({ ...machine })}. A round runs each workload and its peers side by side. Ratios carry over to other computers, rates do not.`,
    '## Promises',
    table(['', 'promise', 'value', 'target', 'met', 'reason'], promiseRows(results)),
    ...missedSections(results),
    ...FINDINGS.flatMap(findingsSection),
    ...sizingSection(results),
    ...results.flatMap(sectionOf),
  ]
    .join('\n\n')
    .concat('\n');
}

function promiseRows(results: readonly Result[]): string[][] {
  return Object.entries(promisesOf(results)).map(([target, { value, target: limit, met, reason }]) => [
    target,
    TARGETS[target as keyof typeof TARGETS],
    value === null ? '-' : String(value),
    limit === null ? '-' : String(limit),
    tellVerdict(met),
    reason ?? '',
  ]);
}

/** What a workload with a missed target knows of its own costs. */
function missedSections(results: readonly Result[]): string[] {
  const missed = results.filter(({ figures }) => figures.some(({ met }) => met === false));
  if (missed.length === 0) return [];
  const sections = missed.flatMap((result) => {
    const said = result.figures
      .filter(({ met }) => met === false)
      .map(({ target, says, reason }) => `- ${target ? `${target}: ` : ''}${says}: ${reason}`);
    const rows = breakdownOf(result).map(([name, value]) => [name, String(value)]);
    const costs = rows.length > 0 ? [table(['cost', 'median'], rows)] : [];
    return [`### Missed by ${result.name}`, said.join('\n'), ...costs];
  });
  return ['## Missed targets, and what their workloads cost', ...sections];
}

const findingsSection = ({ title, findings }: Findings): string[] => [
  `## ${title}`,
  table(
    ['what', 'figures', 'from'],
    findings.map(({ what, figures, from }) => [what, figures, from]),
  ),
];

function sectionOf({ name, figures, details, rounds }: Result): string[] {
  const head = ['', 'figure', 'median', 'rounds', 'target', 'met'];
  const rows = figures.map((figure) => figureRow(figure, rounds));
  const others = Object.entries(details).map(([detail, value]) => [detail, String(value)]);
  return [`## ${name}`, table(head, rows), ...(others.length > 0 ? [table(['beside it', 'median'], others)] : [])];
}

const figureRow = ({ key, target, says, value, unit, bound, met }: Judged, rounds: Result['rounds']): string[] => [
  target ?? '',
  says,
  value === null ? '-' : `${value} ${unit}`,
  rounds.map(({ values }) => values[key] ?? '-').join(', '),
  tellBound(bound, unit),
  tellVerdict(met),
];
