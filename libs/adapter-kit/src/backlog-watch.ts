import { ProblemError } from '@simpul/contracts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days before the log would drop what was never applied. */
const MARGIN_DAYS = 3;

export interface BacklogWatchOptions {
  retentionDays: number;
  /** Age of the oldest event that the registry has not yet read, ms; undefined where it cannot be told. */
  ask(): Promise<number | undefined>;
  onFailure(error: unknown): void;
  onOld(ageMs: number): void;
}

/** Closes the intake before accepted events could grow older than the log keeps them. */
export class BacklogWatch {
  private ageMs: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: BacklogWatchOptions) {}

  get isOld(): boolean {
    return (this.ageMs ?? 0) > (this.options.retentionDays - MARGIN_DAYS) * DAY_MS;
  }

  /** Throws the 503 problem while the backlog is too old. */
  refuseWhenOld(): void {
    if (this.isOld) throw new ProblemError('backlog.old', { headers: { 'retry-after': '300' } });
  }

  /** Asks now and each minute. A question without an answer changes nothing. Never rejects. */
  async look(): Promise<void> {
    try {
      this.ageMs = (await this.options.ask()) ?? this.ageMs;
    } catch (error) {
      this.options.onFailure(error);
    }
    if (this.isOld) this.options.onOld(this.ageMs ?? 0);
    if (!this.closed) this.timer = setTimeout(() => void this.look(), MINUTE_MS).unref();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
