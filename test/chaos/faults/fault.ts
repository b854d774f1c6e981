import type { History } from '../history.js';
import { type Layout, type LayoutName, LAYOUTS } from '../layout.js';
import type { Amount, Load } from '../load.js';
import type { Evidence, Miss, Place } from '../oracle/evidence.js';
import type { Random } from '../random.js';
import type { Stack } from '../stack.js';

/** What a fault finds: a running installation under load. */
export interface Scene {
  stack: Stack;
  load: Load;
  history: History;
  /** Stands in the references of this run. */
  run: string;
  seed: number;
  /** Noted here: what the fault itself put on a topic. */
  planted: Place[];
}

export interface Fault {
  /** `F10 broker killed` */
  name: string;
  /** Runs on an installation of its own kind, started for it and its like. Default: the usual one. */
  layout?: LayoutName;
  /** How much agencies say meanwhile. Default: little. */
  amount?: Amount;
  /** Why it cannot be brought about on this computer; asked before anything starts. */
  whyNot?(): string | undefined;
  /** Within this time after inject() new events must be accepted and applied again. */
  targetMs: number;
  /** Brings the fault about under load. What it gives back ends it, once the installation has coped with it. */
  inject(scene: Scene, random: Random): Promise<(() => Promise<void>) | void>;
  /** What must be so beyond the invariants. */
  expect?(evidence: Evidence, scene: Scene): Miss[];
}

/** Number of a fault, the first of several: `F10`. */
export const codeOf = ({ name }: Fault): string => /^F\d+/u.exec(name)?.[0] ?? name;

export const layoutNameOf = ({ layout = 'usual' }: Fault): LayoutName => layout;
export const layoutOf = (fault: Fault): Layout => LAYOUTS[layoutNameOf(fault)];

export const failed = (what: string): Miss => ({ invariant: 'expected', what });
