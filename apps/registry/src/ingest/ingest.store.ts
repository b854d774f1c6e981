import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Database } from '@simpul/database';
import { hashOfValue } from '@simpul/messaging';
import { crashPoint } from '@simpul/process';
import { applyBatch } from './apply-batch.store.js';
import type { ApplyContext, WaitingOrder } from './apply-batch.store.js';
import { namesOf, refuse, toEntry } from './batch-entry.js';
import type { Entry } from './batch-entry.js';
import { findStorageFault } from './fault.js';
import type { StorageFault } from './fault.js';
import { findKnownLetters, findStranger, isAt } from './known-message.store.js';
import {
  addCounters,
  count,
  countFenced,
  endFrozenWriters,
  lockOrCreatePosition,
  lockPosition,
  movePosition,
} from './log-position.store.js';
import type { LogPlace, LogPosition, PartitionPlace, Tally } from './log-position.store.js';
import type { NameNumberStore } from './name-number.store.js';
import type { Candidate } from './opened-event.js';

/**
 * - `applied`: all of it is done, up to before `next`
 * - `gap`: the log goes on behind `next`, where we are; nothing was done
 * - `diverged`: a message behind our position that nobody knows: this is another log; nothing was done
 */
export type IngestResult =
  { is: 'applied'; next: bigint } | { is: 'gap'; next: bigint } | { is: 'diverged'; offset: bigint };

/** The partition was taken away while its batch was under way. */
export class PartitionLost extends Error {}

/** What was read before the transaction may not hold for the database that its connection leads to. */
class OtherLineage extends Error {}

/** Undoes a rehearsal that found nothing. */
class Rehearsed extends Error {}

/** Release only: how the order of waiting messages is found, under the locks of their statements. */
export type OrderWaiting = (client: PoolClient, entries: readonly Entry[]) => () => Promise<WaitingOrder>;

/** Messages ready for their transaction: their names have the numbers of this database. */
export interface Prepared {
  lineage: number;
  entries: readonly Entry[];
}

export interface IngestStoreOptions {
  database: Database;
  numbers: NameNumberStore;
  context: ApplyContext;
}

/** The one transaction per batch. */
export class IngestStore {
  constructor(private readonly options: IngestStoreOptions) {}

  /** Applies the messages of one partition, in order. Throws on what is about us: nothing was done then, and the same batch can be tried again. */
  async ingest(
    place: PartitionPlace,
    candidates: readonly Candidate[],
    isAlive: () => boolean = () => true,
  ): Promise<IngestResult> {
    return await this.ingestPrepared(place, await this.prepare([candidates]), isAlive);
  }

  /** Candidates come in pieces, each made when it is asked for: what else is under way has its turn after each. */
  async prepare(pieces: Iterable<readonly Candidate[]>): Promise<Prepared> {
    const prepared = { lineage: this.options.database.lineage, entries: new Array<Entry>() };
    for (const piece of pieces) {
      prepared.entries.push(...(await this.toEntries(piece)));
      await setImmediate();
    }
    return prepared;
  }

  /** As `ingest`. Where the database became another one meanwhile, its names are numbered anew. */
  async ingestPrepared(
    place: PartitionPlace,
    { entries, lineage }: Prepared,
    isAlive: () => boolean,
  ): Promise<IngestResult> {
    try {
      return await this.withoutCulprits(place, entries, (kept) => this.run(place, kept, isAlive, lineage));
    } catch (error) {
      if (!(error instanceof OtherLineage)) throw error;
      const candidates = entries.map(({ candidate }) => candidate);
      return await this.ingest(place, candidates, isAlive);
    }
  }

  async toEntries(candidates: readonly Candidate[]): Promise<Entry[]> {
    const names = candidates.map(({ judged }) => namesOf(judged));
    const sources = await this.options.numbers.numberSources(names.flatMap(({ source }) => source ?? []));
    const kinds = await this.options.numbers.numberKinds(names.flatMap(({ kind }) => kind ?? []));
    return candidates.map((candidate) => toEntry(candidate, { sources, kinds }, this.options.context));
  }

  /** Runs; where a message makes the database refuse, finds which, and runs once more with the verdict dead for those. */
  async withoutCulprits<T>(
    place: PartitionPlace,
    entries: readonly Entry[],
    run: (entries: readonly Entry[]) => Promise<T>,
    order?: OrderWaiting,
  ): Promise<T> {
    try {
      return await run(entries);
    } catch (error) {
      if (!findStorageFault(error)) throw error;
      const bodies = entries.filter((entry) => entry.body);
      const culprits = await this.findCulprits(bodies, (some) => this.rehearse(place, some, order));
      if (culprits.size === 0) throw error;
      return await run(entries.map((entry) => refuseCulprit(entry, culprits.get(entry.candidate.offset))));
    }
  }

  /** Halves what fails until single messages are left. Every try is rolled back whole, so locks keep their order. */
  private async findCulprits(
    entries: readonly Entry[],
    rehearse: (entries: readonly Entry[]) => Promise<StorageFault | undefined>,
  ): Promise<Map<bigint, StorageFault>> {
    const fault = entries.length > 0 ? await rehearse(entries) : undefined;
    const [first] = entries;
    if (!fault || !first) return new Map();
    if (entries.length === 1) return new Map([[first.candidate.offset, fault]]);
    const middle = entries.length >> 1;
    return new Map([
      ...(await this.findCulprits(entries.slice(0, middle), rehearse)),
      ...(await this.findCulprits(entries.slice(middle), rehearse)),
    ]);
  }

  private async rehearse(
    place: PartitionPlace,
    entries: readonly Entry[],
    order?: OrderWaiting,
  ): Promise<StorageFault | undefined> {
    try {
      await this.options.database.transaction(async (client) => {
        const position = await lockPosition(client, place);
        const context = { ...this.options.context, orderWaiting: order?.(client, entries) };
        await applyBatch(client, toLogPlace(place, position), entries, context);
        throw new Rehearsed();
      });
    } catch (error) {
      if (error instanceof Rehearsed) return undefined;
      const fault = findStorageFault(error);
      if (!fault) throw error;
      return fault;
    }
    return undefined;
  }

  async countFenced(place: PartitionPlace): Promise<void> {
    await countFenced(this.options.database, place);
  }

  async endFrozenWriters(): Promise<void> {
    await endFrozenWriters(this.options.database);
  }

  private async run(
    target: PartitionPlace,
    entries: readonly Entry[],
    isAlive: () => boolean,
    lineage: number,
  ): Promise<IngestResult> {
    const { database, context } = this.options;
    const [first] = entries;
    if (!first) throw new Error('A batch without messages');
    const { result, dataKeys } = await database.transaction(async (client) => {
      if (database.lineage !== lineage) throw new OtherLineage();
      const position = await lockOrCreatePosition(client, target, first.candidate.offset);
      const place = toLogPlace(target, position);
      const letters = await findKnownLetters(client, place, position, entries);
      const stranger = await findStranger(client, position, entries, letters);
      if (stranger !== undefined) return { result: { is: 'diverged', offset: stranger } as const };
      const due = contiguousFrom(position.next, entries);
      const last = due.at(-1);
      if (!last) return { result: toIdleResult(position, entries) };
      const repeated = due.filter((entry) => letters.some((letter) => letter.isEarlier && isAt(letter, entry)));
      const fresh = due.filter((entry) => !repeated.includes(entry)).map((entry) => skipWhereOrdered(entry, position));
      const applied = await applyBatch(client, place, fresh, context);
      const told = repeated.map((entry) => ({ entry, outcome: 'duplicate' as const }));
      await addCounters(client, place, tallyOf([...applied.plan.entries, ...told]));
      crashPoint('ingest.counters');
      const next = last.candidate.offset + 1n;
      await movePosition(client, place, {
        from: position.next,
        to: next,
        lastHash: hashOfValue(last.candidate.value),
        appendedAt: last.candidate.appendedAt,
      });
      crashPoint('ingest.position');
      if (!isAlive()) throw new PartitionLost(`${place.topic}/${place.partition} was taken away`);
      return { result: { is: 'applied', next } as const, dataKeys: applied.dataKeys };
    });
    crashPoint('ingest.committed');
    if (dataKeys) context.keys.remember(dataKeys);
    return result;
  }
}

/** Before the first batch of a partition there is no position: then its first generation begins. */
function toLogPlace({ topic, partition, generation = 1 }: PartitionPlace, position?: LogPosition): LogPlace {
  return { topic, partition, generation: position?.generation ?? generation };
}

/** What an operator ordered to skip is dead, kept as it came. */
function skipWhereOrdered(entry: Entry, { skipTo }: LogPosition): Entry {
  if (skipTo === undefined || entry.candidate.offset >= skipTo) return entry;
  return { ...withoutBody(entry), candidate: refuse(entry.candidate, 'event.skipped') };
}

function refuseCulprit(entry: Entry, fault: StorageFault | undefined): Entry {
  if (!fault) return entry;
  return { ...withoutBody(entry), candidate: refuse(entry.candidate, 'event.storable', { ...fault }) };
}

function withoutBody({ body: _body, ...kept }: Entry): Entry {
  return kept;
}

function contiguousFrom(next: bigint, entries: readonly Entry[]): Entry[] {
  const fresh: Entry[] = [];
  for (const entry of entries) if (entry.candidate.offset === next + BigInt(fresh.length)) fresh.push(entry);
  return fresh;
}

function toIdleResult({ next }: LogPosition, entries: readonly Entry[]): IngestResult {
  return entries.some((entry) => entry.candidate.offset > next) ? { is: 'gap', next } : { is: 'applied', next };
}

function tallyOf(entries: readonly { entry: Entry; outcome: Parameters<typeof count>[2] }[]): Tally {
  const tally: Tally = new Map();
  for (const { entry, outcome } of entries) count(tally, entry.source, outcome);
  return tally;
}
