import { errors, Provider } from 'oidc-provider';
import { TokenBuckets } from '@simpul/access';

/** Counts failed client authentications per client and address: so nobody can lock a client out from elsewhere. */
export class LoginGate {
  private readonly failures: TokenBuckets;
  /** The client that a request names, by its context. */
  private readonly named = new WeakMap<object, string>();

  constructor(perMinute: number) {
    this.failures = new TokenBuckets({ perSecond: perMinute / 60, burst: perMinute });
  }

  /** To be called when a request names its client, before anything of it is looked up or verified. Throws the 429 of a client that failed too often. */
  enter(client: string): void {
    const { ctx } = Provider;
    if (!ctx) return;
    this.named.set(ctx, client);
    const waitMs = this.failures.waitOf(keyOf(client, ctx.ip), 1);
    if (waitMs === 0) return;
    ctx.set('retry-after', String(Math.ceil(waitMs / 1_000)));
    throw new errors.OIDCProviderError(429, 'temporarily_unavailable');
  }

  watch(provider: Provider): void {
    provider.on('grant.error', (ctx, error) => {
      const client = this.named.get(ctx);
      if (client !== undefined && error.error === 'invalid_client') this.failures.take(keyOf(client, ctx.ip), 1);
    });
  }
}

const keyOf = (client: string, address: string): string => `${address} ${client.slice(0, 64)}`;
