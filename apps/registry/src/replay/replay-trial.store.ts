import type { PoolClient } from 'pg';
import type { PlannedEntry } from '../ingest/batch-plan.js';
import { findLetterOffsets, markMadeGood } from '../ingest/dead-letter.store.js';
import type { IngestStore, IngestStoreOptions } from '../ingest/ingest.store.js';
import { isGood, LetterRetrial } from '../ingest/letter-retrial.store.js';
import { findCode } from '../ingest/letter.js';
import type { LogPlace } from '../ingest/log-position.store.js';
import type { JudgingNow } from '../ingest/message-judge.js';
import type { Judged } from '../ingest/opened-event.js';
import { findRunning, listOpenItems, settleItems, takeJob } from './replay-item.store.js';
import type { ItemResult, OpenItem } from './replay-item.store.js';

const AT_ONCE = 200;

type JudgedItem = OpenItem & { judged: Judged };

/** Tries the letters of replays again, a few in each transaction: a process that is killed has done some of them whole and none by half. */
export class ReplayTrials {
  private readonly retrial: LetterRetrial;

  constructor(
    private readonly options: IngestStoreOptions,
    private readonly ingest: IngestStore,
  ) {
    this.retrial = new LetterRetrial(options, ingest);
  }

  /** The next job that runs, after another one. */
  async findRunning(after: string): Promise<string | undefined> {
    return await findRunning(this.options.database.pool, after);
  }

  /** Tries the next letters of a job. False: none is left, it was cancelled, or another process is at it. */
  async tryNext(job: string, { judge }: JudgingNow): Promise<boolean> {
    const { items, gone } = await listOpenItems(this.options.database.pool, job, AT_ONCE);
    if (gone.length > 0 && !(await this.skip(job, gone))) return false;
    const judged = items.map((item) => ({ ...item, judged: judge({ topic: item.place.topic, ...item }) }));
    for (const [place, letters] of byPlace(judged)) if (!(await this.tryPlace(job, place, letters))) return false;
    return items.length + gone.length > 0;
  }

  private async skip(job: string, items: readonly number[]): Promise<boolean> {
    return await this.options.database.transaction(async (client) => {
      if (!(await takeJob(client, job))) return false;
      await settleItems(client, job, items.map(skipped));
      return true;
    });
  }

  private async tryPlace(job: string, place: LogPlace, letters: readonly JudgedItem[]): Promise<boolean> {
    const ready = letters.filter(isReady);
    const stays = letters.filter((letter) => !isReady(letter));
    const entries = (await this.ingest.toEntries(ready)).map((entry) => ({ ...entry, isTriedAgain: true as const }));
    const planned = await this.retrial.run(place, letters, entries, {
      from: 'dead',
      begin: (client) => takeJob(client, job),
      finish: async (client, done) => {
        await markMadeGood(client, place, done.filter(isGood).flatMap(madeGood));
        const results = [...resultsOf(ready, done), ...(await staying(client, place, stays))];
        await settleItems(client, job, results);
      },
    });
    return planned !== undefined;
  }
}

/** Content that proves its id. A conflict is other content of a known id: it is never merged. */
const isReady = ({ code, judged }: JudgedItem): boolean =>
  code !== 'event.conflict' && (judged.is === 'event' || judged.is === 'refused');

const madeGood = ({ entry: { key, candidate } }: PlannedEntry) => (key ? [{ ...key, offset: candidate.offset }] : []);

const skipped = (n: number): ItemResult => ({ n, outcome: 'skipped' });

function resultsOf(ready: readonly JudgedItem[], done: readonly PlannedEntry[]): ItemResult[] {
  const planned = new Map(done.map((one) => [one.entry.candidate.offset, one]));
  return ready.map(({ n, offset }) => {
    const one = planned.get(offset);
    return one ? { n, outcome: one.outcome, code: findCode(one) } : skipped(n);
  });
}

/** Those that are not tried at all: nothing of them changes. */
async function staying(client: PoolClient, place: LogPlace, letters: readonly JudgedItem[]): Promise<ItemResult[]> {
  const offsets = letters.map(({ offset }) => offset);
  const dead = await findLetterOffsets(client, place, offsets, 'dead');
  return letters.map((letter) => (dead.has(letter.offset) ? toStay(letter) : skipped(letter.n)));
}

function toStay({ n, code, judged }: JudgedItem): ItemResult {
  if (code === 'event.conflict') return { n, outcome: 'conflict', code };
  return { n, outcome: 'dead', code: judged.is === 'event' ? code : judged.code };
}

function byPlace(items: readonly JudgedItem[]): [LogPlace, JudgedItem[]][] {
  const places = new Map<string, [LogPlace, JudgedItem[]]>();
  for (const item of items) {
    const { generation, topic, partition } = item.place;
    const name = `${generation}/${topic}/${partition}`;
    const [, held] = places.get(name) ?? [item.place, []];
    places.set(name, [item.place, [...held, item]]);
  }
  return [...places.values()];
}
