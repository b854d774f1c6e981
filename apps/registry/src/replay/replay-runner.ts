import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { MessageJudge } from '../ingest/message-judge.js';
import type { ReplayTrials } from './replay-trial.store.js';

const EVERY_MS = 2_000;

/** Works on the replays that operators asked for. Every registry process looks for them; one at a time works on each. */
export class ReplayRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly trials: ReplayTrials,
    private readonly judge: MessageJudge,
    private readonly onError: (error: unknown) => void,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => this.next(), 0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private next(): void {
    this.running = this.pass().finally(() => {
      if (!this.isStopping) this.timer = setTimeout(() => this.next(), EVERY_MS);
    });
  }

  /** Job by job, in the order in which they were made. What fails is tried again at the next pass. */
  private async pass(): Promise<void> {
    try {
      let job = await this.trials.findRunning('0');
      while (job !== undefined && !this.isStopping) {
        if (!(await this.trials.tryNext(job, await this.judge.forBatch()))) job = await this.trials.findRunning(job);
      }
    } catch (error) {
      this.onError(error);
    }
  }
}
