/** Does its work again and again, with a pause after each end: so never twice at the same time. The work reports its own failures and must not reject. */
export class Recurring {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly everyMs: number,
  ) {}

  /** Asked to stop: long work may end early. */
  get isStopping(): boolean {
    return this.stopped;
  }

  /** Begins at once; resolves when the work was done the first time. */
  start(): Promise<void> {
    this.running = this.work().finally(() => {
      if (!this.stopped) this.timer = setTimeout(() => void this.start(), this.everyMs);
    });
    return this.running;
  }

  /** Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }
}
