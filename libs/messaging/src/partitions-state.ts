import type { HaltCode } from './positions.js';

/** Topics are named without prefix. */
export interface PartitionsState {
  assigned: { topic: string; partition: number; next: string | undefined; lag: number | undefined }[];
  halted: { topic: string; partition: number; code: HaltCode; reason: string }[];
  paused: { topic: string; partition: number }[];
  /** Messages not yet handled in the assigned partitions, as far as known. */
  lag: number;
}
