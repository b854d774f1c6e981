import type { PoolClient } from 'pg';
import { applyBatch } from './apply-batch.store.js';
import type { WaitingOrder } from './apply-batch.store.js';
import type { Entry } from './batch-entry.js';
import type { PlannedEntry } from './batch-plan.js';
import { listWaiting, listWaitingLetters, listWaitingPartitions, removeDeadLetters } from './dead-letter.store.js';
import type { WaitingLetter, WaitingPlace } from './dead-letter.store.js';
import type { IngestStore, IngestStoreOptions } from './ingest.store.js';
import { addCounters, count, lockPosition } from './log-position.store.js';
import type { LogPlace, Tally } from './log-position.store.js';
import type { Judged } from './opened-event.js';
import { keyText } from './statement.store.js';

const AT_ONCE = 500;

/** Judges a message that waited with what is known now. */
export type JudgeAgain = (topic: string, letter: WaitingLetter) => Judged;

/** Applies what waited, once the hub knows the key, the type or the source that it lacked. */
export class ReleaseStore {
  constructor(
    private readonly options: IngestStoreOptions,
    private readonly ingest: IngestStore,
  ) {}

  /** Goes once through all that waits, in the order of (topic, partition, offset). Gives how many wait no more. */
  async release(judgeAgain: JudgeAgain): Promise<number> {
    const client = await this.options.database.pool.connect();
    let places: LogPlace[];
    try {
      places = await listWaitingPartitions(client);
    } finally {
      client.release();
    }
    let released = 0;
    for (const place of places) released += await this.releasePartition(place, judgeAgain);
    return released;
  }

  private async releasePartition(place: LogPlace, judgeAgain: JudgeAgain): Promise<number> {
    let released = 0;
    let after = -1n;
    for (;;) {
      const letters = await this.options.database.transaction((client) =>
        listWaitingLetters(client, place, after, AT_ONCE),
      );
      const last = letters.at(-1);
      if (!last) return released;
      after = last.offset;
      const entries = await this.toEntries(place, letters, judgeAgain);
      if (entries.length > 0) {
        released += await this.ingest.withoutCulprits(place, entries, (kept) =>
          this.run(place, kept, new Map(letters.map((l) => [l.offset, l]))),
        );
      }
    }
  }

  /** Those that lack nothing any more. A message keeps the id under which it waits, even if it proves to be unreadable. */
  private async toEntries(
    place: LogPlace,
    letters: readonly WaitingLetter[],
    judgeAgain: JudgeAgain,
  ): Promise<Entry[]> {
    const judged = letters.map((letter) => ({ ...letter, judged: judgeAgain(place.topic, letter) }));
    const ready = judged.filter(({ judged: { is } }) => is !== 'waiting');
    const entries = await this.ingest.toEntries(ready);
    return entries.map((entry, index) => {
      const { source, kind, reference, revision } = ready[index] as WaitingLetter;
      return { ...entry, key: { source, kind, reference, revision } };
    });
  }

  private async run(
    place: LogPlace,
    entries: readonly Entry[],
    letters: ReadonlyMap<bigint, WaitingLetter>,
  ): Promise<number> {
    const { database, context } = this.options;
    const { settled, dataKeys } = await database.transaction(async (client) => {
      await lockPosition(client, place);
      const current = await keepWaiting(client, place, entries);
      const orderWaiting = async () =>
        toWaitingOrder(
          await listWaiting(
            client,
            current.flatMap(({ key }) => key ?? []),
          ),
          place,
        );
      const applied = await applyBatch(client, place, current, { ...context, orderWaiting });
      const done = applied.plan.entries.filter(({ outcome }) => outcome !== 'waiting');
      await removeDeadLetters(
        client,
        place,
        done.filter(isGood).map(({ entry }) => entry.candidate.offset),
      );
      await addCounters(client, place, tallyOf(done, letters));
      return { settled: done.length, dataKeys: applied.dataKeys };
    });
    context.keys.remember(dataKeys);
    return settled;
  }
}

/** Another process may have released some since they were read. */
async function keepWaiting(client: PoolClient, place: LogPlace, entries: readonly Entry[]): Promise<Entry[]> {
  const [first] = entries;
  if (!first) return [];
  const still = await listWaitingLetters(client, place, first.candidate.offset - 1n, AT_ONCE);
  const offsets = new Set(still.map((letter) => letter.offset));
  return entries.filter((entry) => offsets.has(entry.candidate.offset));
}

function toWaitingOrder(waiting: readonly WaitingPlace[], place: LogPlace): WaitingOrder {
  const queues = new Map<string, WaitingPlace[]>();
  for (const one of waiting) queues.set(idText(one), [...(queues.get(idText(one)) ?? []), one]);
  const queueOf = ({ key }: Entry): WaitingPlace[] => (key ? (queues.get(idText(key)) ?? []) : []);
  const isAt = (one: WaitingPlace | undefined, { candidate }: Entry): boolean =>
    one?.topic === place.topic &&
    one.partition === place.partition &&
    one.generation === place.generation &&
    one.offset === candidate.offset;
  return {
    isFirstWaiting: (entry) => isAt(queueOf(entry)[0], entry),
    leaveWaiting: (entry) => {
      const queue = queueOf(entry);
      const at = queue.findIndex((one) => isAt(one, entry));
      if (at >= 0) queue.splice(at, 1);
      return queue.length === 0;
    },
  };
}

const idText = (key: { source: number; kind: number; reference: string; revision: number }): string =>
  `${keyText(key)}/${key.revision}`;

/** The ledger knows these now; what is dead or in conflict stays a letter. */
const isGood = ({ outcome }: PlannedEntry): boolean =>
  outcome === 'applied' || outcome === 'duplicate' || outcome === 'repaired';

function tallyOf(done: readonly PlannedEntry[], letters: ReadonlyMap<bigint, WaitingLetter>): Tally {
  const tally: Tally = new Map();
  for (const { entry, outcome } of done) {
    count(tally, letters.get(entry.candidate.offset)?.source ?? 0, 'waiting', -1);
    count(tally, entry.source, outcome);
  }
  return tally;
}
