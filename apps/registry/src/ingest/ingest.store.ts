import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from '@simpul/database';
import { applyBatch } from './apply-batch.store.js';
import type { ApplyContext, WaitingOrder } from './apply-batch.store.js';
import { namesOf, refuse, toEntry } from './batch-entry.js';
import type { Entry } from './batch-entry.js';
import { findLetterOffsets } from './dead-letter.store.js';
import { findStorageFault } from './fault.js';
import type { StorageFault } from './fault.js';
import { addCounters, count, createPosition, lockPosition, movePosition } from './log-position.store.js';
import type { LogPlace, LogPosition, Tally } from './log-position.store.js';
import type { NameNumberStore } from './name-number.store.js';
import type { Candidate } from './opened-event.js';
import { findLedgers, keyText } from './statement.store.js';

/**
 * - `applied`: all of it is done, up to before `next`
 * - `gap`: the log goes on behind `next`, where we are; nothing was done
 * - `diverged`: a message behind our position that nobody knows: this is another log; nothing was done
 */
export type IngestResult =
  { is: 'applied'; next: bigint } | { is: 'gap'; next: bigint } | { is: 'diverged'; offset: bigint };

/** The partition was taken away while its batch was under way. */
export class PartitionLost extends Error {}

/** Undoes a rehearsal that found nothing. */
class Rehearsed extends Error {}

/** Release only: how the order of waiting messages is found, under the locks of their statements. */
export type OrderWaiting = (client: PoolClient, entries: readonly Entry[]) => () => Promise<WaitingOrder>;

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
    place: LogPlace,
    candidates: readonly Candidate[],
    isAlive: () => boolean = () => true,
  ): Promise<IngestResult> {
    const entries = await this.toEntries(candidates);
    return await this.withoutCulprits(place, entries, (kept) => this.run(place, kept, isAlive));
  }

  async toEntries(candidates: readonly Candidate[]): Promise<Entry[]> {
    const names = candidates.map(({ judged }) => namesOf(judged));
    const sources = await this.options.numbers.numberSources(names.flatMap(({ source }) => source ?? []));
    const kinds = await this.options.numbers.numberKinds(names.flatMap(({ kind }) => kind ?? []));
    return candidates.map((candidate) => toEntry(candidate, { sources, kinds }, this.options.context));
  }

  /** Runs; where a message makes the database refuse, finds which, and runs once more with the verdict dead for those. */
  async withoutCulprits<T>(
    place: LogPlace,
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
    place: LogPlace,
    entries: readonly Entry[],
    order?: OrderWaiting,
  ): Promise<StorageFault | undefined> {
    try {
      await this.options.database.transaction(async (client) => {
        await lockPosition(client, place);
        await applyBatch(client, place, entries, { ...this.options.context, orderWaiting: order?.(client, entries) });
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

  private async run(place: LogPlace, entries: readonly Entry[], isAlive: () => boolean): Promise<IngestResult> {
    const { database, context } = this.options;
    const [first] = entries;
    if (!first) throw new Error('A batch without messages');
    const { result, dataKeys } = await database.transaction(async (client) => {
      const position = await getPosition(client, place, first.candidate.offset);
      const stranger = await findStranger(client, place, position, entries);
      if (stranger !== undefined) return { result: { is: 'diverged', offset: stranger } as const };
      const fresh = contiguousFrom(position.next, entries);
      const last = fresh.at(-1);
      if (!last) return { result: toIdleResult(position, entries) };
      const applied = await applyBatch(client, place, fresh, context);
      await addCounters(client, place, tallyOf(applied.plan.entries));
      const next = last.candidate.offset + 1n;
      await movePosition(client, place, { from: position.next, to: next, lastHash: hashOf(last.candidate) });
      if (!isAlive()) throw new PartitionLost(`${place.topic}/${place.partition} was taken away`);
      return { result: { is: 'applied', next } as const, dataKeys: applied.dataKeys };
    });
    if (dataKeys) context.keys.remember(dataKeys);
    return result;
  }
}

function refuseCulprit(entry: Entry, fault: StorageFault | undefined): Entry {
  if (!fault) return entry;
  const { body: _body, ...kept } = entry;
  return { ...kept, candidate: refuse(entry.candidate, 'event.storable', { ...fault }) };
}

async function getPosition(client: PoolClient, place: LogPlace, first: bigint): Promise<LogPosition> {
  const position = await lockPosition(client, place);
  if (position) return position;
  await createPosition(client, place, first);
  const created = await lockPosition(client, place);
  if (!created) throw new Error(`The position of ${place.topic}/${place.partition} cannot be created`);
  return created;
}

/** The first message behind the position that neither the ledger nor the dead letters know. */
async function findStranger(
  client: PoolClient,
  place: LogPlace,
  position: LogPosition,
  entries: readonly Entry[],
): Promise<bigint | undefined> {
  const behind = entries.filter((entry) => entry.candidate.offset < position.next);
  if (behind.length === 0) return undefined;
  const letters = await findLetterOffsets(
    client,
    place,
    behind.map((entry) => entry.candidate.offset),
  );
  const ledgers = await findLedgers(
    client,
    behind.flatMap(({ key }) => key ?? []),
  );
  const stranger = behind.find(({ key, candidate }) => {
    if (candidate.offset === position.next - 1n && position.lastHash && !position.lastHash.equals(hashOf(candidate)))
      return true;
    const known = key && ledgers.get(keyText(key))?.get(key.revision);
    return !letters.has(candidate.offset) && !(known && hasDigest(candidate, known.digest));
  });
  return stranger?.candidate.offset;
}

function hasDigest({ judged }: Candidate, digest: string | null): boolean {
  switch (judged.is) {
    case 'event':
      return judged.event.digest === digest;
    case 'refused':
      return judged.digest === digest;
    case 'waiting':
      // Still sealed to us: the id is all that can be compared.
      return true;
    case 'misplaced':
    case 'unreadable':
      return false;
  }
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

const hashOf = ({ value }: Candidate): Buffer => hash('sha256', value ?? Buffer.alloc(0), 'buffer');
