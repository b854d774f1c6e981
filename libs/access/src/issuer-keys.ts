import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { ProblemError } from '@simpul/contracts';

const FRESH_MS = 10 * 60_000;
/** Keys that could not be confirmed this long are not trusted any more. */
const USABLE_MS = 24 * 60 * 60_000;
/** An unknown key id asks the issuer again, but not more often than this. */
const COOLDOWN_MS = 10_000;
const TIMEOUT_MS = 5_000;

/** The issuer's public keys: read at the first token, again every ten minutes, and for a key id that is new. An issuer that is away for a while does no harm. */
export class IssuerKeys {
  private set: ReturnType<typeof createLocalJWKSet> | undefined;
  private confirmedAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  private lastFailure: unknown;
  private asking: Promise<void> | undefined;

  constructor(private readonly url: string) {}

  /** The key for a token's header; a 503 problem when no usable keys are known. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    await this.refresh();
    try {
      return await this.usable()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.isCooling()) throw error;
      await this.ask();
      return this.usable()(header, token);
    }
  };

  private async refresh(): Promise<void> {
    const age = performance.now() - this.confirmedAt;
    if (age < FRESH_MS) return;
    if (age > USABLE_MS) await this.ask();
    else if (!this.isCooling()) void this.ask();
  }

  private usable(): ReturnType<typeof createLocalJWKSet> {
    if (this.set && performance.now() - this.confirmedAt < USABLE_MS) return this.set;
    throw new ProblemError('issuer.unavailable', { headers: { 'retry-after': '5' }, cause: this.lastFailure });
  }

  private isCooling = (): boolean => performance.now() - this.askedAt < COOLDOWN_MS;

  /** Never rejects: what follows from a failure is decided by the age of the keys. */
  private ask(): Promise<void> {
    this.asking ??= this.read().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async read(): Promise<void> {
    this.askedAt = performance.now();
    try {
      const response = await fetch(this.url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
      if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
      this.set = createLocalJWKSet((await response.json()) as JSONWebKeySet);
      this.confirmedAt = performance.now();
    } catch (error) {
      this.lastFailure = error;
    }
  }
}
