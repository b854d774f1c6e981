import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Recurring } from '@simpul/process';
import type { MessageJudge } from './message-judge.js';
import type { ReleaseStore } from './release.store.js';

const EVERY_MS = 15_000;

/** Looks from time to time whether what waits can be applied: a key, a type or a source may have become known, here or by a restart. */
export class WaitingReleaser implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly passing = new Recurring(() => this.pass(), EVERY_MS);

  constructor(
    private readonly store: ReleaseStore,
    private readonly judge: MessageJudge,
    private readonly onError: (error: unknown) => void,
  ) {}

  onApplicationBootstrap(): void {
    void this.passing.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.passing.stop();
  }

  /** One pass over what waits for something that is known now; gives how many wait no more. */
  async release(): Promise<number> {
    return await this.store.release(await this.judge.forBatch());
  }

  private async pass(): Promise<void> {
    try {
      await this.release();
    } catch (error) {
      this.onError(error);
    }
  }
}
