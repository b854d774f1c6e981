import { setTimeout as delay } from 'node:timers/promises';
import { TokenBuckets } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';

/** What one client may push to one adapter process. */
export interface QuotaSettings {
  itemsPerSecond: number;
  itemsBurst: number;
  mebibytesPerSecond: number;
  mebibytesBurst: number;
  requestsAtOnce: number;
  mebibytesAtOnce: number;
}

/** Requests of a client that are not over yet. */
interface Open {
  requests: number;
  bytes: number;
}

const MIB = 1024 * 1024;
const SOON_MS = 1_000;

/**
 * Each client's share of this process. A request is let in while the client has something left, whatever it then turns out to hold; the next
 * one waits for what that took. So no request is refused in its middle: a stream is read more slowly instead.
 */
export class ClientQuota {
  private readonly items: TokenBuckets;
  private readonly bytes: TokenBuckets;
  private readonly told = new TokenBuckets({ perSecond: 1 / 60, burst: 1 });
  private readonly open = new Map<string, Open>();

  constructor(
    private readonly settings: QuotaSettings,
    private readonly onReached: (client: string) => void,
  ) {
    this.items = new TokenBuckets({ perSecond: settings.itemsPerSecond, burst: settings.itemsBurst });
    this.bytes = new TokenBuckets({
      perSecond: settings.mebibytesPerSecond * MIB,
      burst: settings.mebibytesBurst * MIB,
    });
  }

  /**
   * Lets a request in; what it gives back says that the request is over, and may be called more than once. Throws the 429 problem. `bytes` of
   * a body that was read: so much waits at once that it is answered soon, and the rest is refused instead of waiting too.
   */
  enter(client: string, bytes = 0): () => void {
    const open = this.open.get(client) ?? { requests: 0, bytes: 0 };
    const waitMs = Math.max(this.waitOf(client), this.isFull(open) ? SOON_MS : 0);
    if (waitMs > 0) throw this.refusal(client, waitMs);
    this.open.set(client, { requests: open.requests + 1, bytes: open.bytes + bytes });
    let isOver = false;
    return () => {
      if (!isOver) this.leave(client, bytes);
      isOver = true;
    };
  }

  charge(client: string, items: number, bytes: number): void {
    this.items.take(client, items);
    this.bytes.take(client, bytes);
  }

  /** Charges what was read of a stream, then waits until more may be read, or until `stop`. Never rejects. */
  async pace(client: string, items: number, bytes: number, stop: AbortSignal): Promise<void> {
    this.charge(client, items, bytes);
    for (let ms = this.waitOf(client); ms > 0 && !stop.aborted; ms = this.waitOf(client)) {
      await delay(ms, undefined, { signal: stop, ref: false }).catch(() => undefined);
    }
  }

  private waitOf(client: string): number {
    return Math.max(this.items.waitOf(client), this.bytes.waitOf(client));
  }

  private isFull({ requests, bytes }: Open): boolean {
    const { requestsAtOnce, mebibytesAtOnce } = this.settings;
    return requests >= requestsAtOnce || bytes >= mebibytesAtOnce * MIB;
  }

  private leave(client: string, bytes: number): void {
    const open = this.open.get(client);
    if (open && open.requests > 1) this.open.set(client, { requests: open.requests - 1, bytes: open.bytes - bytes });
    else this.open.delete(client);
  }

  private refusal(client: string, waitMs: number): ProblemError {
    if (this.told.waitOf(client, 1) === 0) {
      this.told.take(client, 1);
      this.onReached(client);
    }
    return new ProblemError('quota', { headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) } });
  }
}
