import { setTimeout as pause } from 'node:timers/promises';
import { keyOf, type Push, type Quality } from '../plan/push.js';
import type { AgencyClient, ItemAnswer, Verdict } from './agency-client.js';

/** An accepted message and, once known, its verdict. */
export interface Accepted {
  source: string;
  id: string;
  quality: Quality;
  receipt: string;
  verdict?: Verdict;
}

export interface Counts {
  sent: number;
  accepted: number;
  rejected: number;
  /** What the plan knew otherwise than the hub said at the door. */
  surprises: string[];
}

export interface SendingOptions {
  itemsAtOnce?: number;
  /** After each array that was answered: how much of it was accepted. The agency goes on when this is done. */
  afterArray?(source: string, accepted: number): Promise<void>;
}

const ITEMS_AT_ONCE = 500;
const POLL_MS = 100;
/** Longer than a killed server needs to be back. */
const PATIENCE_MS = 120_000;

const isOpen = ({ verdict }: Accepted): boolean => verdict === undefined;

function takeVerdicts(open: readonly Accepted[], verdicts: readonly Verdict[]): void {
  for (const [place, item] of open.entries()) {
    const verdict = verdicts[place];
    if (verdict && verdict.status !== 'pending' && verdict.status !== 'unknown') item.verdict = verdict;
  }
}

/** Keeps the book of what the agencies sent and what the hub said of it. */
export class Sending {
  readonly accepted = new Map<string, Accepted>();
  readonly counts: Counts = { sent: 0, accepted: 0, rejected: 0, surprises: [] };

  constructor(
    private readonly clients: ReadonlyMap<string, AgencyClient>,
    private readonly options: SendingOptions = {},
  ) {}

  /** All agencies at the same time, each route in arrays, in the order of the plan. */
  async send(pushes: readonly Push[]): Promise<Accepted[]> {
    const bySource = Map.groupBy(pushes, ({ source }) => source);
    const parts = await Promise.all([...bySource].map(([source, own]) => this.sendOf(source, own)));
    return parts.flat();
  }

  /** Waits until the registry has judged all of these, or none of them for two minutes. */
  async judged(waiting: readonly Accepted[]): Promise<void> {
    for (const [source, own] of Map.groupBy(waiting, (item) => item.source)) await this.judgedOf(source, own);
  }

  private async judgedOf(source: string, own: readonly Accepted[]): Promise<void> {
    const client = this.clientOf(source);
    let open = own.filter(isOpen);
    for (let until = Date.now() + PATIENCE_MS; open.length > 0 && Date.now() < until;) {
      takeVerdicts(open, await client.verdictsOf(open.map(({ receipt }) => receipt)));
      const still = open.filter(isOpen);
      if (still.length < open.length) until = Date.now() + PATIENCE_MS;
      open = still;
      if (open.length > 0) await pause(POLL_MS);
    }
  }

  private async sendOf(source: string, own: readonly Push[]): Promise<Accepted[]> {
    const done: Accepted[] = [];
    for (const [path, pushes] of Map.groupBy(own, (push) => push.path)) {
      const { itemsAtOnce = ITEMS_AT_ONCE } = this.options;
      for (let from = 0; from < pushes.length; from += itemsAtOnce) {
        done.push(...(await this.sendArray(source, path, pushes.slice(from, from + itemsAtOnce))));
      }
    }
    return done;
  }

  private async sendArray(source: string, path: string, pushes: readonly Push[]): Promise<Accepted[]> {
    const sector = pushes[0]?.sector;
    const items = await this.clientOf(source).push(
      `/adapters/${sector}/v1/${path}`,
      pushes.map(({ message }) => message),
    );
    const done = pushes.flatMap((push, place) => this.book(push, items[place]));
    await this.options.afterArray?.(source, done.length);
    return done;
  }

  private book(push: Push, item: ItemAnswer | undefined): Accepted[] {
    this.counts.sent += 1;
    const rejected = item?.status === 'rejected';
    if (rejected) this.counts.rejected += 1;
    if (rejected !== (push.quality === 'broken')) this.counts.surprises.push(`${keyOf(push)} ${item?.status}`);
    const { id, receipt } = item ?? {};
    if (id === undefined || receipt === undefined) return [];
    this.counts.accepted += 1;
    const accepted: Accepted = { source: push.source, id, quality: push.quality, receipt };
    this.accepted.set(receipt, accepted);
    return [accepted];
  }

  private clientOf(source: string): AgencyClient {
    const client = this.clients.get(source);
    if (!client) throw new RangeError(`no client of ${source}`);
    return client;
  }
}
