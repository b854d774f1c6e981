import { TokenBuckets } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import type { Log } from '@simpul/process';

/** How often one client may look at personal data: who reads out a register is stopped, whatever purpose it states. */
export class LookQuota {
  private readonly looks: TokenBuckets;
  private readonly told = new TokenBuckets({ perSecond: 1 / 60, burst: 1 });

  constructor(
    perMinute: number,
    private readonly log: Pick<Log, 'error'>,
  ) {
    this.looks = new TokenBuckets({ perSecond: perMinute / 60, burst: perMinute });
  }

  /** Counts one look. Throws the 429 problem of a client that has used up its minute. */
  charge(client: string): void {
    const waitMs = this.looks.waitOf(client, 1);
    if (waitMs === 0) return this.looks.take(client, 1);
    if (this.told.waitOf(client, 1) === 0) {
      this.told.take(client, 1);
      this.log.error('quota.reached', { client, route: 'looks' });
    }
    throw new ProblemError('quota', { headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) } });
  }
}
