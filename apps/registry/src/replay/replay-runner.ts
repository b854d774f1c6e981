import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Recurring } from '@simpul/process';
import type { MessageJudge } from '../ingest/message-judge.js';
import type { ReplayTrials } from './replay-trial.store.js';

const EVERY_MS = 2_000;

/** Works on the replays that operators asked for. Every registry process looks for them; one at a time works on each. */
export class ReplayRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly passing = new Recurring(() => this.pass(), EVERY_MS);

  constructor(
    private readonly trials: ReplayTrials,
    private readonly judge: MessageJudge,
    private readonly onError: (error: unknown) => void,
  ) {}

  onApplicationBootstrap(): void {
    void this.passing.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.passing.stop();
  }

  /** Job by job, in the order in which they were made. What fails is tried again at the next pass. */
  private async pass(): Promise<void> {
    try {
      let job = await this.trials.findRunning('0');
      while (job !== undefined && !this.passing.isStopping) {
        if (!(await this.trials.tryNext(job, await this.judge.forBatch()))) job = await this.trials.findRunning(job);
      }
    } catch (error) {
      this.onError(error);
    }
  }
}
