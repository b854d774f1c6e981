import type { PoolClient } from 'pg';
import type { WaitingOrder } from './apply-batch.store.js';
import type { Entry } from './batch-entry.js';
import { removeDeadLetters } from './dead-letter.store.js';
import type { IngestStore, IngestStoreOptions } from './ingest.store.js';
import { isCured } from './lack.js';
import { isGood, LetterRetrial } from './letter-retrial.store.js';
import type { Trial } from './letter-retrial.store.js';
import type { LogPlace } from './log-position.store.js';
import type { JudgingNow } from './message-judge.js';
import type { Judged } from './opened-event.js';
import { keyText } from './statement.store.js';
import { listLacking, listWaiting, listWaitingLetters, noteLacks } from './waiting-letter.store.js';
import type { WaitingLetter, WaitingPlace } from './waiting-letter.store.js';

const AT_ONCE = 500;

/** Applies what waited, once the hub knows the key, the type or the source that it lacked. */
export class ReleaseStore {
  private readonly retrial: LetterRetrial;

  constructor(
    private readonly options: IngestStoreOptions,
    private readonly ingest: IngestStore,
  ) {
    this.retrial = new LetterRetrial(options, ingest);
  }

  /**
   * Goes once through what waits for something that is known now, in the order of (topic, partition, offset) for each such thing; what waits
   * for anything else is not read. Gives how many wait no more.
   */
  async release(now: JudgingNow): Promise<number> {
    let released = 0;
    for (const { lacks, ...place } of await listLacking(this.options.database.pool))
      if (isCured(lacks, now.known)) released += await this.releasePartition(place, lacks, now);
    return released;
  }

  private async releasePartition(place: LogPlace, lacks: string, { judge }: JudgingNow): Promise<number> {
    let released = 0;
    let after = -1n;
    for (;;) {
      const page = { lacks, after, limit: AT_ONCE };
      const letters = await this.options.database.transaction((client) => listWaitingLetters(client, place, page));
      const last = letters.at(-1);
      if (!last) return released;
      after = last.offset;
      released += await this.releaseLetters(
        place,
        letters.map((letter) => ({ ...letter, judged: judge({ topic: place.topic, ...letter }) })),
      );
    }
  }

  private async releaseLetters(place: LogPlace, letters: readonly JudgedLetter[]): Promise<number> {
    await noteLacks(this.options.database.pool, letters.flatMap(newLack));
    const entries = await this.toEntries(letters.filter(({ judged: { is } }) => is !== 'waiting'));
    if (entries.length === 0) return 0;
    const planned = await this.retrial.run(place, letters, entries, releasing(place));
    return planned?.filter(({ outcome }) => outcome !== 'waiting').length ?? 0;
  }

  /** A message keeps the id under which it waits, even if it proves to be unreadable. */
  private async toEntries(ready: readonly JudgedLetter[]): Promise<Entry[]> {
    const entries = await this.ingest.toEntries(ready);
    return entries.map((entry, index) => {
      const { source, kind, reference, revision } = ready[index] as WaitingLetter;
      return { ...entry, key: { source, kind, reference, revision } };
    });
  }
}

type JudgedLetter = WaitingLetter & { judged: Judged };

/** What it lacked is known, and now it lacks something else. */
function newLack({ id, lacks, judged }: JudgedLetter): { id: string; code: string; lacks: string }[] {
  if (judged.is !== 'waiting' || judged.lacks === lacks) return [];
  return [{ id, code: judged.code, lacks: judged.lacks }];
}

const releasing = (place: LogPlace): Trial => ({
  from: 'waiting',
  order: (client, entries) => async () => {
    const ids = entries.flatMap(({ key }) => key ?? []);
    return toWaitingOrder(await listWaiting(client, ids), place);
  },
  finish: (client: PoolClient, planned) =>
    removeDeadLetters(
      client,
      place,
      planned.filter(isGood).map(({ entry }) => entry.candidate.offset),
    ),
});

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
