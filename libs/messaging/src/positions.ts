/** Why a partition cannot be read on. `gap`: the log starts after the position. `diverged`: it is another log, or a shorter one. */
export type HaltCode = 'gap' | 'diverged';

export interface Halt {
  code: HaltCode;
  /** Offsets, for an operator. */
  reason: string;
}

/** What our side says about one partition. */
export interface Standing {
  /** Another number is another stretch: reading begins anew. */
  generation: number;
  /** Next offset to read; undefined before the very first batch. */
  next?: bigint;
  /** SHA-256 of the value at `next` - 1, where it is known. */
  lastHash?: Buffer;
  isPaused: boolean;
  halt?: Halt;
}

/** Topics are named without prefix. */
export type StandingOf = (topic: string, partition: number) => Standing;

/** Where the consumer's truth about its place in the log is kept: beside the data, in the same transaction. */
export interface Positions {
  /** Asked each second: operators pause, resume, and open new stretches while it runs. */
  read(): Promise<StandingOf>;
  /** Keeps a halt of this generation until somebody takes it away; one that is there already stays. */
  keepHalt(place: { topic: string; partition: number; generation: number }, halt: Halt): Promise<void>;
}
