import type { Client } from 'pg';
import type { Resident } from '../tools/demo/population/population.js';
import type { Apart } from './product.js';
import type { StageOn } from './workload.js';

export type Stage = StageOn<'foundation'>;

/** The product with one registry, and what it has been sent so far. */
export interface Way {
  product: Apart;
  /** For questions to the database that are not measured. */
  client: Client;
  residents: readonly Resident[];
  /** Messages sent so far: the place of the next. */
  sent: number;
}

/** What a load was worked off at, and what it cost. */
export interface Rate {
  rate: number;
  details: Record<string, number>;
}
