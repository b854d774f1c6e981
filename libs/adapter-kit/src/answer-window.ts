import { setImmediate } from 'node:timers/promises';

/**
 * Between reading and answering: so many items and bytes are under way and no more. Reading waits for room, and room
 * comes only as the client takes its answers, so a slow reader slows its own sender and not our memory.
 */
export class AnswerWindow {
  private open = 0;
  private bytes = 0;
  private ready: string[] = [];
  private ended = false;
  private abandoned = false;
  private wakeReader: (() => void) | undefined;
  private wakeWriter: (() => void) | undefined;

  constructor(
    private readonly maxItems: number,
    private readonly maxBytes: number,
  ) {}

  /** Waits until one more item of that size may be under way. */
  async enter(bytes: number): Promise<void> {
    while (!this.abandoned && this.isFull(bytes)) {
      await new Promise<void>((wake) => {
        this.wakeReader = wake;
      });
    }
    this.open += 1;
    this.bytes += bytes;
  }

  /** The answer to an item that entered; its bytes are free. */
  leave(bytes: number, answer: string): void {
    this.bytes -= bytes;
    this.ready.push(answer);
    this.wakeReader?.();
    this.wakeWriter?.();
  }

  /** No further item will enter. */
  end(): void {
    this.ended = true;
    this.wakeWriter?.();
  }

  /** Nobody takes the answers any more: whoever waits for room goes on, to find its own end. */
  abandon(): void {
    this.abandoned = true;
    this.wakeReader?.();
  }

  /** Answers as they come, many in one text; ends when every item that entered is answered. */
  async *answers(): AsyncGenerator<string> {
    for (;;) {
      const lines = this.ready;
      if (lines.length > 0) {
        this.ready = [];
        yield lines.join('');
        this.open -= lines.length;
        this.wakeReader?.();
      } else if (this.ended && this.open === 0) return;
      else {
        await new Promise<void>((wake) => {
          this.wakeWriter = wake;
        });
        // What is answered in the same turn is written together.
        await setImmediate();
      }
    }
  }

  private isFull(bytes: number): boolean {
    return this.open >= this.maxItems || (this.open > 0 && this.bytes + bytes > this.maxBytes);
  }
}
