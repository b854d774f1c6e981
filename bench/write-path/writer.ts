import { topicOf } from '@simpul/contracts';
import type { LogMessage } from '@simpul/messaging';
import type { CopySlice } from './table-rows.js';
import type { BenchKeyFiles } from './bench-keys.js';

export interface WriterPlan {
  databaseUrl: string;
  keyFiles: BenchKeyFiles;
  partition: number;
}

/** One way to write steps to the tables: ours or a peer's. Each step is one durable transaction, or a naive one for each event. */
export interface Writer<S> {
  /** In order. Of several steps, ours prepares the next one while one is written. */
  write(steps: readonly S[]): Promise<void>;
  close(): Promise<void>;
}

/** One step after the other. */
export const inTurn =
  <S>(write: (step: S) => Promise<void>): Writer<S>['write'] =>
  async (steps) => {
    for (const step of steps) await write(step);
  };

export type MessageStep = readonly LogMessage[];
export type CopyStep = readonly CopySlice[];

export const TOPIC = topicOf('health');
