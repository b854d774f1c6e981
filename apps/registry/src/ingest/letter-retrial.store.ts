import type { PoolClient } from 'pg';
import { applyBatch } from './apply-batch.store.js';
import type { Entry } from './batch-entry.js';
import type { PlannedEntry } from './batch-plan.js';
import { findLetterOffsets } from './dead-letter.store.js';
import type { HeldLetter } from './dead-letter.store.js';
import type { IngestStore, IngestStoreOptions, OrderWaiting } from './ingest.store.js';
import { addCounters, count, lockPosition } from './log-position.store.js';
import type { LogPlace, Tally } from './log-position.store.js';

/** Why letters are tried again, and what goes with it in the same transaction. */
export interface Trial {
  /** The state that a letter must still have under the lock of its partition; its message is counted under it. */
  from: 'waiting' | 'dead';
  order?: OrderWaiting;
  /** Comes before everything else and waits for nothing; false: somebody else is at it, nothing is done. */
  begin?: (client: PoolClient) => Promise<boolean>;
  /** Told what became of the letters that were tried; the ledger has it already. */
  finish: (client: PoolClient, planned: readonly PlannedEntry[]) => Promise<void>;
}

/**
 * Tries messages again that were not applied: one transaction over letters of one partition, by the code that ingests and in its lock order.
 * Each message moves from the counter that it had to that of its new outcome.
 */
export class LetterRetrial {
  constructor(
    private readonly options: IngestStoreOptions,
    private readonly ingest: IngestStore,
  ) {}

  /** Undefined: somebody else is at it. A message that the database refuses is dead, as when it is read from the log. */
  async run(
    place: LogPlace,
    letters: readonly HeldLetter[],
    entries: readonly Entry[],
    trial: Trial,
  ): Promise<readonly PlannedEntry[] | undefined> {
    const sources = new Map(letters.map(({ offset, source }) => [offset, source]));
    const tryAll = (kept: readonly Entry[]) => this.tryAll(place, kept, sources, trial);
    return await this.ingest.withoutCulprits(place, entries, tryAll, trial.order);
  }

  private async tryAll(
    place: LogPlace,
    entries: readonly Entry[],
    sources: ReadonlyMap<bigint, number>,
    { from, order, begin, finish }: Trial,
  ): Promise<readonly PlannedEntry[] | undefined> {
    const { database, context } = this.options;
    const done = await database.transaction(async (client) => {
      if (begin && !(await begin(client))) return undefined;
      await lockPosition(client, place);
      const held = await keepHeld(client, place, entries, from);
      const applied = await applyBatch(client, place, held, { ...context, orderWaiting: order?.(client, held) });
      const planned = applied.plan.entries;
      await finish(client, planned);
      await addCounters(client, place, moved(planned, from, sources));
      return { planned, dataKeys: applied.dataKeys };
    });
    if (done) context.keys.remember(done.dataKeys);
    return done?.planned;
  }
}

/** Another process may have settled some since they were read. */
async function keepHeld(
  client: PoolClient,
  place: LogPlace,
  entries: readonly Entry[],
  state: Trial['from'],
): Promise<Entry[]> {
  const offsets = entries.map(({ candidate }) => candidate.offset);
  const held = await findLetterOffsets(client, place, offsets, state);
  return entries.filter(({ candidate }) => held.has(candidate.offset));
}

function moved(planned: readonly PlannedEntry[], from: Trial['from'], sources: ReadonlyMap<bigint, number>): Tally {
  const tally: Tally = new Map();
  for (const { entry, outcome } of planned) {
    count(tally, sources.get(entry.candidate.offset) ?? 0, from, -1);
    count(tally, entry.source, outcome);
  }
  return tally;
}

/** The ledger knows these now; what is dead, waiting or in conflict stays a letter. */
export const isGood = ({ outcome }: PlannedEntry): boolean =>
  outcome === 'applied' || outcome === 'duplicate' || outcome === 'repaired';
