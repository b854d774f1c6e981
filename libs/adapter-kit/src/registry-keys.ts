import { readFile } from 'node:fs/promises';
import { ProblemError } from '@simpul/contracts';
import { readPublicJwks, type RegistryPublicKey } from '@simpul/identifiers';

const HOUR_MS = 3_600_000;
/** Keys that could not be confirmed this long are not sealed to any more. */
const USABLE_MS = 7 * 24 * HOUR_MS;
/** After a failure, and between two questions on behalf of requests. */
const AGAIN_MS = 5_000;
const TIMEOUT_MS = 5_000;
/** The pause after the first failure; it doubles up to `AGAIN_MS`. */
const FIRST_PAUSE_MS = 100;
/** A registry in the same process listens a moment later: failures before this pause is reached are not reported. */
const REPORTED_PAUSE_MS = 1_000;

export interface RegistryKeysOptions {
  /** Path of a file, or http(s) address. */
  from: string;
  onFailure(error: unknown): void;
  now?: () => number;
}

/** The registry's public keys, read at the start and hourly; a registry that is away for a while does no harm. */
export class RegistryKeys {
  private first: RegistryPublicKey | undefined;
  private confirmedAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  private pauseMs = FIRST_PAUSE_MS;
  private asking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly now: () => number;

  constructor(private readonly options: RegistryKeysOptions) {
    this.now = options.now ?? (() => performance.now());
  }

  /** The key to seal to. Throws the 503 problem when none was confirmed within 7 days. */
  readonly current = (): RegistryPublicKey => {
    if (this.first && this.isUsable()) return this.first;
    throw new ProblemError('registry-keys.stale', { headers: { 'retry-after': '30' } });
  };

  isUsable(): boolean {
    return this.now() - this.confirmedAt <= USABLE_MS;
  }

  /** Asks now if no usable key is known, but not at every request. Never rejects. */
  async prepare(): Promise<void> {
    if (this.isUsable()) return;
    if (this.asking || this.now() - this.askedAt >= AGAIN_MS) await this.confirm();
  }

  /** Reads the keys and goes on reading them hourly, sooner after a failure. Never rejects. */
  confirm(): Promise<void> {
    this.asking ??= this.read().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    clearTimeout(this.timer);
    this.askedAt = this.now();
    let nextMs = HOUR_MS;
    try {
      const [key] = readPublicJwks(await load(this.options.from));
      // The same key stays the same object: the sealer draws a new content key for a new one.
      if (key && !(this.first?.kid === key.kid && this.first.publicKey.equals(key.publicKey))) this.first = key;
      this.confirmedAt = this.now();
      this.pauseMs = AGAIN_MS;
    } catch (error) {
      if (this.pauseMs >= REPORTED_PAUSE_MS) this.options.onFailure(error);
      nextMs = this.pauseMs;
      this.pauseMs = Math.min(this.pauseMs * 2, AGAIN_MS);
    }
    if (!this.closed) this.timer = setTimeout(() => void this.confirm(), nextMs).unref();
  }
}

async function load(from: string): Promise<unknown> {
  if (!/^https?:/u.test(from)) return JSON.parse(await readFile(from, 'utf8')) as unknown;
  const response = await fetch(from, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`The registry's keys were answered with ${response.status}`);
  return response.json();
}
