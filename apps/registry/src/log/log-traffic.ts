/** One look at a partition. */
export interface Sample {
  /** ms */
  at: number;
  generation: number;
  low: bigint;
  high: bigint;
  next: bigint;
  /** Broker's append time of the message before `next`, ms. */
  appendedAt: number | undefined;
}

/** What the looks of the last minute say. */
export interface Traffic {
  low: bigint;
  high: bigint;
  /** Messages not yet applied. */
  lag: bigint;
  /** Age of the oldest of them at most; undefined where nothing is known of it. */
  lagSeconds: number | undefined;
  /** Messages applied per second. */
  perSecond: number | undefined;
  /** Until nothing is left, if it goes on as in the last minute; undefined while it does not get less. */
  drainSeconds: number | undefined;
}

/** How far a partition has been read: everything before `next`. */
export interface ReadPlace {
  topic: string;
  partition: number;
  next: bigint;
}

/** What a look has said, now that the position is `next`. */
export function trafficAt(next: bigint, traffic: Traffic): Traffic {
  if (next >= traffic.high) return { ...traffic, lag: 0n, lagSeconds: 0, drainSeconds: 0 };
  return { ...traffic, lag: traffic.high - next };
}

const KEPT_MS = 60_000;

/** The looks at one partition. Pure but for what it keeps. */
export class TrafficHistory {
  private samples: Sample[] = [];
  private caughtUpAt: number | undefined;

  add(sample: Sample): void {
    const kept = this.samples.filter(({ at, generation }) => {
      return at >= sample.at - KEPT_MS && generation === sample.generation;
    });
    this.samples = [...kept, sample];
    if (lagOf(sample) === 0n) this.caughtUpAt = sample.at;
  }

  traffic(): Traffic | undefined {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (!first || !last) return undefined;
    const lag = lagOf(last);
    const seconds = (last.at - first.at) / 1000;
    const applied = Number(last.next - first.next);
    const isMeasured = seconds > 0;
    return {
      low: last.low,
      high: last.high,
      lag,
      lagSeconds: this.ageOf(last),
      perSecond: isMeasured ? applied / seconds : undefined,
      drainSeconds: isMeasured ? drainOf(lag, (applied - Number(last.high - first.high)) / seconds) : undefined,
    };
  }

  /** What is unread came after the last applied message, and after the last moment without a lag. */
  private ageOf(last: Sample): number | undefined {
    if (lagOf(last) === 0n) return 0;
    const since = [last.appendedAt, this.caughtUpAt].filter((at) => at !== undefined);
    return since.length === 0 ? undefined : Math.max(0, last.at - Math.max(...since)) / 1000;
  }
}

function drainOf(lag: bigint, lessPerSecond: number): number | undefined {
  if (lag === 0n) return 0;
  return lessPerSecond > 0 ? Number(lag) / lessPerSecond : undefined;
}

const lagOf = ({ next, high }: Sample): bigint => (high > next ? high - next : 0n);
