import type { DatabaseAlone, Foundation, Installation } from '../tools/installation/installation.js';
import type { Target } from './targets.js';

/** Where a figure has to be. */
export type Bound = { atMost: number } | { atLeast: number };

/** One figure of a workload that has a target. */
export interface Figure {
  /** Its name in the outcomes. */
  key: string;
  /** The promise that it belongs to, if it has a number. */
  target?: Target;
  /** What the figure is. */
  says: string;
  /** `×` is a ratio: ours to the peer's. */
  unit: '×' | 'ms' | 's' | 'MB' | 'B' | '%' | 'events/s';
  bound: Bound;
}

/** What one run of a workload measured. */
export interface Outcome {
  /** By the keys of its figures; a figure that is missing was not measured. */
  values: Readonly<Record<string, number>>;
  /** What must not happen during a run: then no figure counts. */
  fault?: string;
  /** The same of single figures, by key. */
  faults?: Readonly<Record<string, string>>;
  /** Why figures are missing that this kind of run cannot know. They are neither met nor missed. */
  unknown?: string;
  /** What has to be known to read the figures, met or not. */
  note?: string;
  /** Figures without a target, by name. */
  details: Readonly<Record<string, number>>;
}

export interface Stage {
  /** Smaller counts: all workloads together have three minutes. */
  isQuick: boolean;
  say(line: string): void;
  stop: AbortSignal;
}

/**
 * What a run is given, new each time:
 * - `installation`: servers, database, topics, sources and the hub
 * - `foundation`: the same without any app
 * - `database`: PostgreSQL alone, with our tables
 */
export interface Grounds {
  installation: Installation;
  foundation: Foundation;
  database: DatabaseAlone;
}

interface Named {
  /** As `--only` takes it. */
  name: string;
  figures: readonly Figure[];
  /** Why `--quick` leaves it out, where it does. */
  notQuick?: string;
  /** Only the first round runs it. */
  once?: true;
  /** A round that takes longer has failed, if not 10. */
  minutes?: number;
}

/** What a run of a workload has that needs this ground. */
export type StageOn<G extends keyof Grounds> = Stage & Pick<Grounds, G>;

type OnGround<G extends keyof Grounds> = Named & {
  needs: G;
  /** The product and its peers side by side: one round. */
  run(stage: StageOn<G>): Promise<Outcome>;
};

/** Something that is measured once per round. */
export type Workload = { [G in keyof Grounds]: OnGround<G> }[keyof Grounds];

/** What an outcome is judged by. */
export type Asked = Named;
