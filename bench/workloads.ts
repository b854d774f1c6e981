import { backlog } from './backlog.workload.js';
import { endurance } from './endurance.workload.js';
import { growth } from './growth.workload.js';
import { intake } from './intake.workload.js';
import { lookUp } from './look-up.workload.js';
import { memory } from './memory.workload.js';
import { path } from './path.workload.js';
import { rebuild } from './rebuild.workload.js';
import { small } from './small.workload.js';
import { isTarget, TARGETS } from './targets.js';
import { visible } from './visible.workload.js';
import type { Workload } from './workload.js';
import { writePath } from './write-path.workload.js';

const WORKLOADS: readonly Workload[] = [
  writePath,
  rebuild,
  growth,
  visible,
  memory,
  path,
  backlog,
  intake,
  lookUp,
  small,
  endurance,
];

/**
 * Those that a list such as `visible,S10` names, by their names or by the numbers of what they measure, in our order; all without a list.
 * Throws for a name that is none.
 */
export function chooseWorkloads(only?: string): readonly Workload[] {
  if (only === undefined) return WORKLOADS;
  const names = only.split(',').map((name) => name.trim());
  const stray = names.find((name) => !isTarget(name) && !WORKLOADS.some((workload) => workload.name === name));
  if (stray !== undefined) {
    const known = [...WORKLOADS.map(({ name }) => name), ...Object.keys(TARGETS)].join(', ');
    throw new RangeError(`There is no workload "${stray}"; there are ${known}`);
  }
  return WORKLOADS.filter(
    ({ name, figures }) => names.includes(name) || figures.some(({ target }) => target && names.includes(target)),
  );
}
