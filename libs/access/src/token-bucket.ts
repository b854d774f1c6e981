export interface BucketSize {
  /** What comes back each second. */
  perSecond: number;
  /** What can be taken at once by who took nothing for a while. */
  burst: number;
}

/** Buckets at most: who asks for one more makes the one that rested longest be forgotten, and such a one is full or nearly so. */
const MOST = 10_000;

/**
 * One token bucket per key, for this process. Whoever has anything left may take more than that and owes the rest: so one large request
 * passes, and the next one waits for it. A clock that is set back or forth changes nothing.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  constructor(
    private readonly size: BucketSize,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Milliseconds until so much is there, by default anything at all; 0 where it is now. Takes nothing. */
  waitOf(key: string, amount: number = Number.EPSILON): number {
    const left = this.leftOf(key);
    return left >= amount ? 0 : Math.max(1, Math.ceil(((amount - left) / this.size.perSecond) * 1_000));
  }

  /** Takes without asking; the bucket may owe afterwards. */
  take(key: string, amount: number): void {
    const left = this.leftOf(key) - amount;
    this.buckets.delete(key);
    const oldest = this.buckets.size >= MOST ? this.buckets.keys().next().value : undefined;
    if (oldest !== undefined) this.buckets.delete(oldest);
    this.buckets.set(key, { left, at: this.now() });
  }

  private leftOf(key: string): number {
    const { perSecond, burst } = this.size;
    const bucket = this.buckets.get(key);
    return bucket ? Math.min(burst, bucket.left + ((this.now() - bucket.at) / 1_000) * perSecond) : burst;
  }
}
