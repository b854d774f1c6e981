import { answer, type Entry, Lane, type Place } from './lane.js';
import { type MessagingLog, silentLog } from './messaging-log.js';
import type { Published } from './published.js';

export interface LaneBatch extends Place {
  messages: readonly { key: string; value: Buffer }[];
}

/** A partition that the broker's answer names, with the offset of the first message sent to it. */
export interface NamedPlace extends Place {
  baseOffset: bigint;
}

export type SendOutcome =
  { ok: true; named: NamedPlace[] } | { ok: false; reason: 'too-large' | 'refused' | 'failed'; code: string };

/** Sends one batch per partition; resolves when nothing of it is under way any more. */
export type Send = (batches: LaneBatch[]) => Promise<SendOutcome>;

export interface LaneSetOptions {
  send: Send;
  now?: () => number;
  /** Runs a function soon; batches grow until then. */
  defer?: (work: () => void) => void;
  /** Partitions of one group may share a send. */
  groupOf?: (place: Place) => string;
  /** Told after each send that did not succeed for these topics. */
  onTrouble?: (topics: string[]) => void;
  log?: MessagingLog;
}

const UNSURE: Published = { status: 'retry', reason: 'unsure' };
const REFUSED: Published = { status: 'retry', reason: 'refused' };

/**
 * The queues of all partitions. Rules: never two sends in flight for a partition; accepted only if the answer names the
 * partition; order inside a partition is kept; whatever else happens, the message is sent again until its deadline.
 * It has no timer: its owner calls `tick`.
 */
export class LaneSet {
  private readonly lanes = new Map<string, Lane>();
  private readonly now: () => number;
  private readonly log: MessagingLog;
  private pumping = false;
  private emptied: (() => void)[] = [];
  queued = 0;
  bytes = 0;
  inFlight = 0;
  lastAckAt: number | undefined;

  constructor(private readonly options: LaneSetOptions) {
    this.now = options.now ?? (() => performance.now());
    this.log = options.log ?? silentLog;
  }

  add(place: Place, entry: Entry): void {
    this.queued += 1;
    this.bytes += entry.bytes;
    this.laneOf(place).waiting.push(entry);
    this.wake();
  }

  /** Gives up what is past its deadline and sends what has rested long enough. */
  tick(): void {
    const now = this.now();
    for (const lane of this.lanes.values()) {
      for (const entry of lane.inFlight ?? []) if (entry.deadline <= now) answer(entry, UNSURE);
      if (lane.waiting.some((entry) => entry.deadline <= now)) this.expire(lane, now);
    }
    this.pump();
  }

  /** Resolves when no message is left. */
  async whenEmpty(): Promise<void> {
    if (this.queued === 0) return;
    await new Promise<void>((resolve) => {
      this.emptied.push(resolve);
    });
  }

  /** Answers everything that has no answer yet with `unsure` and forgets what waits. */
  abandon(): void {
    for (const lane of this.lanes.values()) {
      for (const entry of lane.inFlight ?? []) answer(entry, UNSURE);
      this.leave(lane.waiting.splice(0), UNSURE);
    }
  }

  private laneOf(place: Place): Lane {
    const name = `${place.topic}/${place.partition}`;
    let lane = this.lanes.get(name);
    if (!lane) this.lanes.set(name, (lane = new Lane({ topic: place.topic, partition: place.partition })));
    return lane;
  }

  private expire(lane: Lane, now: number): void {
    const all = lane.waiting.splice(0);
    lane.waiting.push(...all.filter((entry) => entry.deadline > now));
    this.leave(
      all.filter((entry) => entry.deadline <= now),
      UNSURE,
    );
  }

  private wake(): void {
    if (this.pumping) return;
    this.pumping = true;
    (this.options.defer ?? setImmediate)(() => {
      this.pumping = false;
      this.pump();
    });
  }

  private pump(): void {
    const now = this.now();
    const groups = new Map<string, Lane[]>();
    for (const [name, lane] of this.lanes) {
      if (!lane.isReady(now)) continue;
      const group = lane.alone ? name : `*${this.options.groupOf?.(lane.place) ?? ''}`;
      const members = groups.get(group);
      if (members) members.push(lane);
      else groups.set(group, [lane]);
    }
    for (const lanes of groups.values()) void this.dispatch(lanes);
  }

  private async dispatch(lanes: Lane[]): Promise<void> {
    const batches = lanes.map((lane) => ({ ...lane.place, messages: lane.take() }));
    this.inFlight += 1;
    const outcome = await this.trySend(batches);
    this.inFlight -= 1;
    if (outcome.ok) this.acknowledge(lanes, outcome.named);
    else this.repeat(lanes, outcome);
    this.wake();
  }

  private async trySend(batches: LaneBatch[]): Promise<SendOutcome> {
    try {
      return await this.options.send(batches);
    } catch (error) {
      return { ok: false, reason: 'failed', code: error instanceof Error ? error.name : 'unknown' };
    }
  }

  private acknowledge(lanes: Lane[], named: NamedPlace[]): void {
    const bases = new Map(named.map((place) => [`${place.topic}/${place.partition}`, place.baseOffset]));
    const missing: Lane[] = [];
    for (const lane of lanes) {
      const base = bases.get(`${lane.place.topic}/${lane.place.partition}`);
      if (base === undefined) missing.push(lane);
      else this.accept(lane, base);
    }
    for (const lane of missing) this.log('error', 'publisher.partition-missing', { ...lane.place });
    if (missing.length > 0) this.again(missing);
  }

  private accept(lane: Lane, base: bigint): void {
    this.lastAckAt = this.now();
    lane.succeeded();
    const { partition } = lane.place;
    for (const [index, entry] of lane.release().entries()) {
      answer(entry, { status: 'accepted', partition, offset: (base + BigInt(index)).toString() });
      this.forget(entry);
    }
    this.tellIfEmpty();
  }

  private repeat(lanes: Lane[], outcome: { reason: 'too-large' | 'refused' | 'failed'; code: string }): void {
    const [first] = lanes;
    if (outcome.reason === 'failed' || !first) {
      this.log('warn', 'publisher.send-failed', { code: outcome.code, count: lanes.length });
      return this.again(lanes);
    }
    if (lanes.length > 1) {
      for (const lane of lanes) {
        lane.alone = true;
        this.putBack(lane);
      }
      return;
    }
    this.incurable(first, outcome);
  }

  private incurable(lane: Lane, outcome: { reason: 'too-large' | 'refused' | 'failed'; code: string }): void {
    const size = lane.inFlight?.length ?? 0;
    if (outcome.reason === 'too-large' && size > 1) {
      lane.halve(size);
      this.putBack(lane);
      return;
    }
    this.log('error', 'publisher.refused', { ...lane.place, code: outcome.code, count: size });
    lane.alone = false;
    this.leave(lane.release(), REFUSED);
  }

  private again(lanes: Lane[]): void {
    const now = this.now();
    for (const lane of lanes) {
      lane.rest(now);
      this.putBack(lane);
    }
    this.options.onTrouble?.([...new Set(lanes.map((lane) => lane.place.topic))]);
  }

  /** What already has its answer is not sent again. */
  private putBack(lane: Lane): void {
    const batch = lane.release();
    lane.putBack(batch.filter((entry) => entry.open));
    this.leave(
      batch.filter((entry) => !entry.open),
      UNSURE,
    );
  }

  private leave(entries: Entry[], outcome: Published): void {
    for (const entry of entries) {
      answer(entry, outcome);
      this.forget(entry);
    }
    this.tellIfEmpty();
  }

  private forget(entry: Entry): void {
    this.queued -= 1;
    this.bytes -= entry.bytes;
  }

  private tellIfEmpty(): void {
    if (this.queued > 0) return;
    for (const tell of this.emptied.splice(0)) tell();
  }
}
