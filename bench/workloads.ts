import { memory } from './memory.workload.js';
import { visible } from './visible.workload.js';
import type { Workload } from './workload.js';

const WORKLOADS: readonly Workload[] = [visible, memory];

/** Those that a list such as `visible,memory` names, in our order; all without a list. Throws for a name that is none. */
export function chooseWorkloads(only?: string): readonly Workload[] {
  if (only === undefined) return WORKLOADS;
  const names = only.split(',').map((name) => name.trim());
  const stray = names.find((name) => !WORKLOADS.some((workload) => workload.name === name));
  if (stray !== undefined) {
    const known = WORKLOADS.map(({ name }) => name).join(', ');
    throw new RangeError(`There is no workload "${stray}"; there are ${known}`);
  }
  return WORKLOADS.filter(({ name }) => names.includes(name));
}
