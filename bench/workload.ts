import type { Installation } from '../tools/installation/installation.js';

/** What one run of a workload measured. */
export interface Outcome {
  /** The figure that has a target; none when a fault kept it from being measured. */
  value?: number;
  /** What must not happen during a run: then no figure counts. */
  fault?: string;
  /** Figures without a target, by name. */
  details: Readonly<Record<string, number>>;
}

export interface Stage {
  installation: Installation;
  say(line: string): void;
  stop: AbortSignal;
}

/** Something that an installation of its own is measured with, once per round. */
export interface Workload {
  /** As `--only` takes it. */
  name: string;
  /** What the figure is. */
  figure: string;
  unit: 'ms' | 'MB';
  /** The figure may be so high. */
  atMost: number;
  run(stage: Stage): Promise<Outcome>;
}
